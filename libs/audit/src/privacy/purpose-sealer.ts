import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { type Ciphertext, decrypt, encrypt } from './field-cipher.ts';

/** Seals text under a key that serves one purpose only. */
export class PurposeSealer {
  readonly #key: KeyObject;

  constructor(key: KeyObject) {
    this.#key = key;
  }

  /** `bound` is not kept: who opens has to say the same. */
  seal(plain: string, bound: string): Ciphertext {
    return encrypt(plain, this.#key, bound, randomBytes);
  }

  /** What was sealed; undefined when key, bound text or bytes are not those of then. */
  open(sealed: Ciphertext, bound: string): string | undefined {
    return decrypt(sealed, this.#key, bound)?.toString('utf8');
  }
}
