import { setImmediate } from 'node:timers/promises';

/** Bounds the time that one transaction holds the head's lock. */
const maxBatch = 256;
/** Bounds for how many turns of the event loop items wait for others. */
const maxTurns = 4;

/**
 * Commits items in batches, one at a time and in order. Whatever arrives while a commit is under way shares the next
 * one. A batch is closed by the first turn of the event loop that brings nothing more: requests get here over several
 * turns, and a commit costs nearly the same for half of them. A lone item waits for one turn. There is no timer.
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
    await this.#gather();
    while (this.#queue.length > 0) {
      await this.#commit(this.#queue.splice(0, maxBatch));
      await this.#gather();
    }
    this.#draining = undefined;
  }

  async #gather(): Promise<void> {
    for (let turn = 1; turn <= maxTurns; turn += 1) {
      const waiting = this.#queue.length;
      await setImmediate();
      if (this.#queue.length === waiting || this.#queue.length >= maxBatch) return;
    }
  }
}
