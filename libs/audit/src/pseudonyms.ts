import { LRUCache } from 'lru-cache';
import type { Caller } from '#kernel';
import type { LogStore } from './log-store.ts';

const maxKnown = 10_000;

/** Remembers the pseudonyms of recent callers, so that a request does not ask the store for one. */
export class Pseudonyms {
  readonly #store: LogStore;
  readonly #known = new LRUCache<string, string>({ max: maxKnown });

  constructor(store: LogStore) {
    this.#store = store;
  }

  /** The caller's pseudonym when it is remembered. */
  known(caller: Caller): string | undefined {
    return this.#known.get(keyOf(caller));
  }

  /** The caller's pseudonym; the store makes it at first sight. */
  async of(caller: Caller): Promise<string> {
    const ref = await this.#store.subject(caller.tenantId, caller.objectId);
    this.#known.set(keyOf(caller), ref);
    return ref;
  }
}

function keyOf({ tenantId, objectId }: Caller): string {
  return `${tenantId}/${objectId}`;
}
