import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from '#kernel';
import type { SigningKey } from './signing-key.ts';
import type { TokenLifetime } from './token-lifetime.ts';
import type { TokenOrigin } from './token-origin.ts';

/** What verifying a token came to, and what must still hold for it to stay true. */
export interface Verification {
  readonly caller: Caller;
  readonly lifetime: TokenLifetime;
  readonly origin: TokenOrigin;
  readonly key: SigningKey;
}

/** Remembers verified tokens by their SHA-256, never by their text; the least recently used go first. */
export class VerifiedTokens {
  readonly #entries: LRUCache<string, Verification>;

  constructor(max = 5_000) {
    this.#entries = new LRUCache({ max });
  }

  get(token: string): Verification | undefined {
    return this.#entries.get(digest(token));
  }

  add(token: string, verification: Verification): void {
    this.#entries.set(digest(token), verification);
  }

  drop(token: string): void {
    this.#entries.delete(digest(token));
  }

  get size(): number {
    return this.#entries.size;
  }
}

function digest(token: string): string {
  return hash('sha256', token, 'base64url');
}
