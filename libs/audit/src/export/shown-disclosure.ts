import type { Disclosure } from '../privacy/sealed-field.ts';

/** A personal field as it is given out: to read, and as the string whose digest is in the leaf. */
export interface ShownDisclosure {
  readonly name: string;
  readonly value: unknown;
  readonly encoded: string;
}

/** @see https://www.rfc-editor.org/rfc/rfc9901 (a disclosure is salt, name and value) */
export function shownDisclosure({ name, encoded }: Disclosure): ShownDisclosure {
  const parts: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  return { name, value: Array.isArray(parts) ? parts[2] : undefined, encoded };
}
