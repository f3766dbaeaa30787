import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState as PolicyState,
  ConsecutiveBreaker,
  handleType,
  type IBackoff,
} from 'cockatiel';
import type { Clock } from '#kernel';
import { type GraphReply, TransportFailure } from './graph-transport.ts';

/** Requests that fail in a row before nothing more is sent. */
const failuresToOpen = 10;
const firstRestMillis = 5_000;
const longestRestMillis = 60_000;
/** A call whose own time was up before this says nothing about Graph: we may be the slow ones. */
const patienceMillis = 5_000;

/** What Graph and the gateways before it say when they cannot serve. A 500 may be about one job only. */
const outageStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/** How a call ends whose own time was up. */
const timeUp: ReadonlySet<TransportFailure['code']> = new Set(['never_sent', 'no_reply']);

/** What the breaker lets through: everything, nothing, or one request to see how things are. */
export type CircuitState = 'closed' | 'open' | 'half_open';

const stateNames: Readonly<Partial<Record<PolicyState, CircuitState>>> = {
  [PolicyState.Closed]: 'closed',
  [PolicyState.Open]: 'open',
  [PolicyState.HalfOpen]: 'half_open',
};

/**
 * cockatiel measures the rest by the system's clock. A rest that it takes for endless until our clock says that it is
 * over follows our clock alone.
 */
class Rest implements IBackoff<unknown> {
  readonly #clock: Clock;
  readonly #millis: number;
  readonly #until: number;
  readonly #begun: (rest: Rest) => void;

  constructor(clock: Clock, millis: number, begun: (rest: Rest) => void) {
    this.#clock = clock;
    this.#millis = millis;
    this.#until = clock.now() + millis;
    this.#begun = begun;
    begun(this);
  }

  get remaining(): number {
    return Math.max(0, this.#until - this.#clock.now());
  }

  get duration(): number {
    return this.remaining > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  next(): Rest {
    return new Rest(this.#clock, Math.min(this.#millis * 2, longestRestMillis), this.#begun);
  }
}

/** The reply of an outage, on its way out of the policy that counts it. */
class OutageReply extends Error {
  constructor(readonly reply: GraphReply) {
    super('outage');
  }
}

/** A failure of ours rather than of Graph, on its way past the policy, which does not count it. */
class GivenUpEarly extends Error {
  constructor(readonly failure: TransportFailure) {
    super('given up early');
  }
}

/**
 * Leaves Graph alone for a while after it failed ten times in a row: 5 s at first, doubled up to 60 s as long as the one
 * request that is then let through fails too. A refusal is an answer; only outages, losses and silence are failures, and
 * silence only when it was listened to for 5 s, so that callers with little time cannot close Graph to all others.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #policy: CircuitBreakerPolicy;
  #rest: Rest | undefined;

  constructor(clock: Clock, onChange: (state: CircuitState) => void = () => undefined) {
    this.#clock = clock;
    const begun = (rest: Rest) => {
      this.#rest = rest;
    };
    this.#policy = circuitBreaker(handleType(TransportFailure).orType(OutageReply), {
      breaker: new ConsecutiveBreaker(failuresToOpen),
      halfOpenAfter: { next: () => new Rest(clock, firstRestMillis, begun) },
    });
    this.#policy.onStateChange((state) => {
      const name = stateNames[state];
      if (name !== undefined) onChange(name);
    });
  }

  /** Sends, unless the circuit is open: then it rejects with TransportFailure `circuit_open` at once. */
  async send(send: () => Promise<GraphReply>): Promise<GraphReply> {
    // cockatiel would let all others wait for the probe, beyond their deadlines.
    if (this.#policy.state === PolicyState.HalfOpen) throw this.#open();
    try {
      return await this.#policy.execute(async () => {
        const reply = await this.#patiently(send);
        if (outageStatuses.has(reply.status)) throw new OutageReply(reply);
        return reply;
      });
    } catch (error) {
      if (error instanceof OutageReply) return error.reply;
      if (error instanceof GivenUpEarly) throw error.failure;
      throw error instanceof BrokenCircuitError ? this.#open() : error;
    }
  }

  async #patiently(send: () => Promise<GraphReply>): Promise<GraphReply> {
    const begun = this.#clock.now();
    try {
      return await send();
    } catch (error) {
      const early = error instanceof TransportFailure && timeUp.has(error.code) && this.#since(begun) < patienceMillis;
      // The one request that is let through to see how things are has to succeed, however little time it had.
      throw early && this.#policy.state === PolicyState.Closed ? new GivenUpEarly(error) : error;
    }
  }

  #since(begun: number): number {
    return this.#clock.now() - begun;
  }

  #open(): TransportFailure {
    return new TransportFailure('circuit_open', { retryAfterMs: Math.max(this.#rest?.remaining ?? 0, 1000) });
  }
}
