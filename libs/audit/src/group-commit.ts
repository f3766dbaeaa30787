import { setImmediate } from 'node:timers/promises';

/** Bounds the time that one transaction holds the head's lock. */
const maxBatch = 256;

/**
 * Commits items in batches, one at a time and in order. Whatever arrives while a commit is under way shares the next
 * one; when idle, the first item waits only for the end of the event loop's turn, so that requests that were read from
 * their sockets in the same turn share a transaction too. There is no timer.
 */
export class GroupCommit<Item> {
  readonly #commit: (batch: readonly Item[]) => Promise<void>;
  #queue: Item[] = [];
  #draining: Promise<void> | undefined;

  /** `commit` must not reject: it tells each item what became of it. */
  constructor(commit: (batch: readonly Item[]) => Promise<void>) {
    this.#commit = commit;
  }

  push(item: Item): void {
    this.#queue.push(item);
    this.#draining ??= this.#drain();
  }

  /** Resolves when nothing is queued or under way. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    await setImmediate();
    while (this.#queue.length > 0) {
      await this.#commit(this.#queue.splice(0, maxBatch));
      await setImmediate();
    }
    this.#draining = undefined;
  }
}
