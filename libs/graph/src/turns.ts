import type { Awaited, Deadline } from './deadline.ts';
import { TransportFailure } from './graph-transport.ts';

/** Requests to Graph at the same time, and how many more may wait for their turn. */
export interface Concurrency {
  readonly limit: number;
  readonly queue: number;
}

/** Lets so many requests begin, and others in their order as those end. */
export class Turns {
  readonly #concurrency: Concurrency;
  readonly #waiting = new Set<Turn>();
  #taken = 0;

  constructor(concurrency: Concurrency) {
    this.#concurrency = concurrency;
  }

  /**
   * Takes a turn, which must be given back. Gives a promise only when it has to be waited for, which rejects with
   * TransportFailure `never_sent` at the deadline. Throws `too_busy` when as many wait as may.
   */
  take(deadline: Deadline): Promise<undefined> | undefined {
    const { limit, queue } = this.#concurrency;
    if (this.#taken < limit) {
      this.#taken += 1;
      return undefined;
    }
    if (this.#waiting.size >= queue) throw new TransportFailure('too_busy');
    return new Turn(deadline, this.#waiting).comes.promise;
  }

  /** The turn goes to who waits longest. */
  giveBack(): void {
    const next = this.#waiting.size === 0 ? undefined : this.#waiting.values().next().value;
    if (next === undefined) this.#taken -= 1;
    else next.begin();
  }
}

/** A request that waits for its turn. */
class Turn implements Awaited {
  readonly comes = Promise.withResolvers<undefined>();
  readonly #deadline: Deadline;
  readonly #line: Set<Turn>;

  constructor(deadline: Deadline, line: Set<Turn>) {
    this.#deadline = deadline;
    this.#line = line;
    line.add(this);
    deadline.hold(this);
  }

  begin(): void {
    this.#line.delete(this);
    this.#deadline.letGo();
    this.comes.resolve(undefined);
  }

  giveUp(): void {
    this.#line.delete(this);
    this.comes.reject(new TransportFailure('never_sent'));
  }
}
