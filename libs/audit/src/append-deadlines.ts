import type { Clock, EpochMillis } from '#kernel';
import { AuditUnavailable } from './audit-error.ts';
import type { PendingAppend } from './pending-append.ts';

/**
 * Fails appends that take too long. One timer serves all: it wakes for the oldest append, which expires first, and is
 * not cancelled when appends succeed, so that a timely append costs no timer at all.
 */
export class AppendDeadlines {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #pending = new Set<PendingAppend>();
  readonly #stopping = new AbortController();
  #watching = false;

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /** Appends that have not settled, oldest first. */
  get pending(): ReadonlySet<PendingAppend> {
    return this.#pending;
  }

  add(append: PendingAppend): void {
    this.#pending.add(append);
    if (!this.#watching) void this.#watch();
  }

  delete(append: PendingAppend): void {
    this.#pending.delete(append);
  }

  /** Ends the timer. */
  stop(): void {
    this.#stopping.abort();
  }

  async #watch(): Promise<void> {
    this.#watching = true;
    for (let wait = this.#timeoutMs; this.#pending.size > 0; wait = this.#untilNext()) {
      try {
        await this.#clock.wait(wait, this.#stopping.signal);
      } catch {
        break;
      }
      this.#expire(this.#clock.now());
    }
    this.#watching = false;
  }

  #expire(now: EpochMillis): void {
    for (const append of this.#pending) {
      if (now - append.received < this.#timeoutMs) return;
      this.#pending.delete(append);
      append.failed(new AuditUnavailable('The audit log did not record the event in time'));
    }
  }

  /** Never more than the time-out, so that a wall clock that was set back cannot hold appends for longer. */
  #untilNext(): number {
    const [oldest] = this.#pending;
    const due = (oldest?.received ?? this.#clock.now()) + this.#timeoutMs;
    return Math.min(this.#timeoutMs, Math.max(0, due - this.#clock.now()));
  }
}
