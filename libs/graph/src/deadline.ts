import type { Clock, EpochMillis } from '#kernel';

/** The deadline passed before the work was done. Never leaves the library. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** A timer of weeks would overflow and fire at once. */
const maxWaitMillis = 3_600_000;

/** What a call waits for, and how that is given up when time is up. */
export interface Awaited {
  giveUp(): void;
}

/** The end of one call's time. An AbortSignal could say the same, at several times the cost. */
export class Deadline {
  readonly #clock: Clock;
  #passed = false;
  #awaited: Awaited | undefined;

  constructor(
    clock: Clock,
    readonly at: EpochMillis,
  ) {
    this.#clock = clock;
  }

  get passed(): boolean {
    return this.#passed;
  }

  /** Milliseconds left; negative when it has passed. */
  get remaining(): number {
    return this.at - this.#clock.now();
  }

  pass(): void {
    this.#passed = true;
    const awaited = this.#awaited;
    this.#awaited = undefined;
    awaited?.giveUp();
  }

  /** From here on the call waits for this, until it is let go or given up. A call waits for one thing at a time. */
  hold(awaited: Awaited): void {
    if (this.#awaited !== undefined) throw new TypeError('a call waits for one thing at a time');
    this.#awaited = awaited;
    if (this.#passed) this.pass();
  }

  letGo(): void {
    this.#awaited = undefined;
  }

  /** The work's result, or {@link DeadlinePassed} when the deadline comes first. The work itself goes on. */
  async within<Value>(work: Promise<Value>): Promise<Value> {
    const tooLate = Promise.withResolvers<never>();
    this.hold({
      giveUp: () => {
        tooLate.reject(new DeadlinePassed('deadline passed'));
      },
    });
    try {
      return await Promise.race([tooLate.promise, work]);
    } finally {
      this.letGo();
    }
  }
}

/** Ends calls at their deadlines with one timer for all: a timer per call would cost a tenth of the call. */
export class DeadlineWatch {
  readonly #clock: Clock;
  readonly #open = new Set<Deadline>();
  readonly #closed = new AbortController();
  #wakesAt = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(at: EpochMillis): Deadline {
    const deadline = new Deadline(this.#clock, at);
    if (deadline.remaining <= 0) {
      deadline.pass();
      return deadline;
    }
    this.#open.add(deadline);
    if (at < this.#wakesAt) void this.#wakeAt(at);
    return deadline;
  }

  /** The call is over. */
  end(deadline: Deadline): void {
    this.#open.delete(deadline);
  }

  /** Stops the timer, which would otherwise run, for nothing, to the last deadline. */
  close(): void {
    this.#closed.abort();
  }

  async #wakeAt(at: EpochMillis): Promise<void> {
    this.#wakesAt = at;
    try {
      await this.#clock.wait(Math.min(at - this.#clock.now(), maxWaitMillis), this.#closed.signal);
    } catch {
      // Closed: no call is left to end.
      return;
    }
    const now = this.#clock.now();
    let next: EpochMillis | undefined;
    for (const deadline of this.#open) {
      if (deadline.at <= now) {
        this.#open.delete(deadline);
        deadline.pass();
      } else if (next === undefined || deadline.at < next) {
        next = deadline.at;
      }
    }
    if (next === undefined) this.#wakesAt = Number.POSITIVE_INFINITY;
    else void this.#wakeAt(next);
  }
}
