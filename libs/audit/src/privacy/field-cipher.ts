import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { RandomBytes } from '../random-bytes.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: the ciphertext with its tag of 16 bytes behind it. */
export interface Ciphertext {
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * Encrypts under a nonce drawn anew. `bound` is not kept: who decrypts has to say the same, so that nothing can be moved
 * to another place.
 * @see https://csrc.nist.gov/pubs/sp/800/38/d/final (at most 2^32 random nonces per key)
 */
export function encrypt(plain: string | Uint8Array, key: KeyObject, bound: string, random: RandomBytes): Ciphertext {
  const nonce = random(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(bound));
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  cipher.final();
  return { nonce, content: Buffer.concat([body, cipher.getAuthTag()]) };
}

/** What was encrypted; undefined when key, bound text or bytes are not those of then. */
export function decrypt({ nonce, content }: Ciphertext, key: KeyObject, bound: string): Buffer | undefined {
  if (nonce.length !== nonceBytes || content.length < tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(content.subarray(content.length - tagBytes));
  const plain = decipher.update(content.subarray(0, content.length - tagBytes));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return undefined;
  }
}
