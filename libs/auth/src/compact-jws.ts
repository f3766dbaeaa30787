import { AuthenticationError } from './authentication-error.ts';

/** A signed JWT taken apart. Nothing in it has been verified. */
export interface CompactJws {
  readonly header: object;
  readonly payload: object;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Takes a compact JWS apart; refuses `token_malformed`. Each part must be *canonical* base64url, so that one token has
 * one spelling only: the verified-token cache and the audit log tell tokens apart by their text.
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-3.1
 */
export function decodeCompactJws(token: string): CompactJws {
  const [header, payload, signature, ...rest] = token.split('.', 4);
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    throw new AuthenticationError('token_malformed');
  }
  decode(signature);
  return { header: parseObject(decode(header)), payload: parseObject(decode(payload)) };
}

function decode(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (part === '' || bytes.toString('base64url') !== part) throw new AuthenticationError('token_malformed');
  return bytes;
}

function parseObject(bytes: Buffer): object {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    // No cause: JSON.parse quotes the text it stumbled over, which is the token.
    throw new AuthenticationError('token_malformed');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AuthenticationError('token_malformed');
  }
  return value;
}
