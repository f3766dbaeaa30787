import { InvalidInput } from '#kernel';

const form = /^[\x21-\x7e]{1,255}$/;
/** A string of RFC 9651, which quotes nothing but its quotes and backslashes. */
const quoted = /^"((?:[^"\\]|\\["\\])*)"$/;

/**
 * The key of an `Idempotency-Key` header, given as a structured-field string or bare: 1 to 255 visible ASCII characters.
 * Throws {@link InvalidInput}.
 * @param lines the header's lines as received
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export function readIdempotencyKey(lines: readonly string[]): string {
  const [line = '', ...more] = lines;
  const text = line.trim();
  const key = text.startsWith('"') ? (quoted.exec(text)?.[1] ?? '').replaceAll(/\\(.)/g, '$1') : text;
  if (more.length === 0 && form.test(key)) return key;
  throw new InvalidInput(
    'idempotency_key_malformed',
    'Idempotency-Key must be given once, with 1 to 255 visible ASCII characters, such as a new UUID for each request.',
    'idempotency-key',
  );
}
