import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { AuditLogError } from '../audit-error.ts';
import { type Ciphertext, decrypt, encrypt } from './field-cipher.ts';
import { PurposeSealer } from './purpose-sealer.ts';

const keyBytes = 32;

/** The data key of a subject, encrypted under a {@link DisclosureKey}. */
export interface WrappedKey extends Ciphertext {
  /** Which disclosure key wraps it. */
  readonly keyId: string;
}

/**
 * The key under which the data keys of all subjects are kept: 32 random bytes. Without it nobody can read a personal
 * field; without the data key not even its holder can.
 */
export class DisclosureKey {
  /** Tells keys apart and nothing about the key: the check value that a store remembers. */
  readonly id: string;
  readonly #key: KeyObject;

  private constructor(bytes: Uint8Array) {
    this.#key = createSecretKey(bytes);
    this.id = createHmac('sha256', this.#key).update('interlock/disclosure-key@v1').digest('hex').slice(0, 32);
  }

  /** Key from the base64 text of a key file; `disclosure_key_invalid` for anything else. */
  static parse(text: string): DisclosureKey {
    const bytes = Buffer.from(text.trim(), 'base64');
    if (bytes.length !== keyBytes || bytes.toString('base64') !== text.trim()) {
      throw new AuditLogError('disclosure_key_invalid', 'The disclosure key must be 32 bytes in base64');
    }
    return new DisclosureKey(bytes);
  }

  /** The text of a new key file. */
  static generate(): string {
    return `${randomBytes(keyBytes).toString('base64')}\n`;
  }

  /**
   * Seals under a key derived for `purpose` (HKDF-SHA256, RFC 5869): keys of two purposes tell nothing of each other or
   * of this one. What it sealed is lost when this key is replaced, so it is for what may be lost.
   */
  sealerFor(purpose: string): PurposeSealer {
    const derived = hkdfSync('sha256', this.#key, '', `interlock/${purpose}@v1`, keyBytes);
    return new PurposeSealer(createSecretKey(Buffer.from(derived)));
  }

  /** A new data key for a subject, wrapped. */
  newDataKey(ref: string): WrappedKey {
    return this.#wrap(ref, randomBytes(keyBytes));
  }

  /** The data key of a subject; `disclosure_key_mismatch` when another key wrapped it or the bytes were changed. */
  unwrap(ref: string, wrapped: WrappedKey): KeyObject {
    return createSecretKey(this.#unwrapped(ref, wrapped));
  }

  /** The same data key, wrapped by `next`; throws as {@link unwrap} does. */
  rewrap(ref: string, wrapped: WrappedKey, next: DisclosureKey): WrappedKey {
    return next.#wrap(ref, this.#unwrapped(ref, wrapped));
  }

  #wrap(ref: string, dataKey: Uint8Array): WrappedKey {
    return { keyId: this.id, ...encrypt(dataKey, this.#key, boundTo(ref), randomBytes) };
  }

  #unwrapped(ref: string, wrapped: WrappedKey): Buffer {
    const bytes = wrapped.keyId === this.id ? decrypt(wrapped, this.#key, boundTo(ref)) : undefined;
    if (bytes !== undefined) return bytes;
    throw new AuditLogError('disclosure_key_mismatch', 'A data key is not wrapped by this disclosure key');
  }
}

function boundTo(ref: string): string {
  return `interlock/data-key@v1\n${ref}`;
}
