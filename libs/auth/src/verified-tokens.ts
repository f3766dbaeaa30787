import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from '#kernel';
import type { IssuerKeys } from './issuer-keys.ts';
import type { SigningKey } from './signing-key.ts';
import type { TokenLifetime } from './token-lifetime.ts';

/** What verifying a token came to, and what must still hold for it to stay true. */
export interface Verification {
  readonly caller: Caller;
  readonly lifetime: TokenLifetime;
  readonly issuerKeys: IssuerKeys;
  readonly key: SigningKey;
}

/**
 * Remembers verified tokens by the SHA-256 of the header that brought them, never by their text; the least recently used
 * go first.
 */
export class VerifiedTokens {
  readonly #entries: LRUCache<string, Verification>;

  constructor(max = 5_000) {
    this.#entries = new LRUCache({ max });
  }

  get(header: string): Verification | undefined {
    return this.#entries.get(digest(header));
  }

  add(header: string, verification: Verification): void {
    this.#entries.set(digest(header), verification);
  }

  drop(header: string): void {
    this.#entries.delete(digest(header));
  }

  get size(): number {
    return this.#entries.size;
  }
}

function digest(header: string): string {
  return hash('sha256', header, 'base64url');
}
