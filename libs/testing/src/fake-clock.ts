import { setImmediate } from 'node:timers/promises';
import { Clock, type EpochMillis } from '#kernel';

interface Waiter {
  readonly due: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it. Starts at 2026-01-05T09:00:00Z, a Monday, unless told otherwise. */
export class FakeClock extends Clock {
  #now: number;
  readonly #waiters = new Set<Waiter>();

  constructor(start = '2026-01-05T09:00:00Z') {
    super();
    this.#now = Date.parse(start);
    if (Number.isNaN(this.#now)) throw new TypeError(`Not a time: ${start}`);
  }

  override now(): EpochMillis {
    return this.#now as EpochMillis;
  }

  override wait(millis: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { due: this.#now + Math.max(0, millis), wake: settle };
      const abort = () => {
        this.#waiters.delete(waiter);
        reject(signal?.reason as Error);
      };
      function settle() {
        signal?.removeEventListener('abort', abort);
        resolve();
      }
      if (signal?.aborted === true) {
        abort();
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiters.add(waiter);
    });
  }

  /** How many waits are pending: lets a test see that the code under test has come to wait. */
  get waiting(): number {
    return this.#waiters.size;
  }

  /**
   * Moves time on and ends the waits that fall due, in order. What a woken wait goes on to do, such as waiting again,
   * happens at its own time, before later ones are woken.
   */
  async advance(millis: number): Promise<void> {
    const target = this.#now + millis;
    for (let next = this.#firstDueBy(target); next !== undefined; next = this.#firstDueBy(target)) {
      this.#now = Math.max(this.#now, next.due);
      this.#waiters.delete(next);
      next.wake();
      await setImmediate();
    }
    this.#now = target;
  }

  #firstDueBy(target: number): Waiter | undefined {
    let first: Waiter | undefined;
    for (const waiter of this.#waiters) {
      if (waiter.due <= target && (first === undefined || waiter.due < first.due)) first = waiter;
    }
    return first;
  }
}
