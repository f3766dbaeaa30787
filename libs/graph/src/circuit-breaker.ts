import type { Clock, EpochMillis } from '#kernel';
import type { Deadline } from './deadline.ts';
import { type GraphReply, type GraphRequest, type GraphTransport, TransportFailure } from './graph-transport.ts';

/** Requests that fail in a row before nothing more is sent. */
const failuresToOpen = 10;
const firstRestMillis = 5_000;
const longestRestMillis = 60_000;
/** A call whose own time was up before this says nothing about Graph: we may be the slow ones. */
const patienceMillis = 5_000;

/** What the breaker lets through: everything, nothing, or one request to see how things are. */
export type CircuitState = 'closed' | 'open' | 'half_open';

/**
 * Leaves Graph alone for a while after it failed ten times in a row: 5 s at first, doubled up to 60 s as long as the one
 * request that is then let through fails too. A refusal is an answer; only outages, losses and silence are failures, and
 * silence only when it was listened to for 5 s, so that callers with little time cannot close Graph to all others.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #onChange: (state: CircuitState) => void;
  #state: CircuitState = 'closed';
  #failuresInARow = 0;
  #restMillis = firstRestMillis;
  #restsUntil = 0;

  constructor(clock: Clock, onChange: (state: CircuitState) => void = () => undefined) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Sends, unless the circuit is open: then it rejects with TransportFailure `circuit_open` at once. */
  async send(carrier: GraphTransport, request: GraphRequest, deadline: Deadline): Promise<GraphReply> {
    const begun = this.#clock.now();
    const probing = this.#state !== 'closed';
    if (probing) this.#beginProbe(begun);
    try {
      const reply = await carrier.send(request, deadline);
      if (isOutage(reply.status)) this.#failed(probing);
      else this.#answered(probing);
      return reply;
    } catch (error) {
      // The one request that is let through to see how things are has to succeed, however little time it had.
      if (probing || this.#isGraphs(error, begun)) this.#failed(probing);
      throw error;
    }
  }

  /** Throws unless the rest is over; one request at a time sees how things are, and the others do not wait for it. */
  #beginProbe(now: EpochMillis): void {
    if (this.#state === 'open' && now >= this.#restsUntil) this.#become('half_open');
    else throw new TransportFailure('circuit_open', { retryAfterMs: Math.max(this.#restsUntil - now, 1000) });
  }

  #answered(probing: boolean): void {
    this.#failuresInARow = 0;
    if (!probing) return;
    this.#restMillis = firstRestMillis;
    this.#become('closed');
  }

  #failed(probing: boolean): void {
    this.#failuresInARow += 1;
    if (probing) this.#restMillis = Math.min(this.#restMillis * 2, longestRestMillis);
    // Those that were under way when the circuit opened know nothing that it does not.
    else if (this.#state !== 'closed' || this.#failuresInARow < failuresToOpen) return;
    this.#restsUntil = this.#clock.now() + this.#restMillis;
    this.#become('open');
  }

  #become(state: CircuitState): void {
    this.#state = state;
    this.#onChange(state);
  }

  /** Whether a failure speaks against Graph. */
  #isGraphs(error: unknown, begun: EpochMillis): boolean {
    if (!(error instanceof TransportFailure)) return false;
    const timeUp = error.code === 'never_sent' || error.code === 'no_reply';
    return !timeUp || this.#clock.now() - begun >= patienceMillis;
  }
}

/** What Graph and the gateways before it say when they cannot serve. A 500 may be about one job only. */
function isOutage(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}
