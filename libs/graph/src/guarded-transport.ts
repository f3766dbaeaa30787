import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Deadline } from './deadline.ts';
import { type GraphReply, type GraphRequest, GraphTransport, TransportFailure } from './graph-transport.ts';
import { type Concurrency, Turns } from './turns.ts';

/**
 * A transport that spares Graph and us: so many requests at a time, so many more in a queue, and none at all while the
 * circuit is open. What it holds back was certainly not sent, and its failures say so.
 */
export class GuardedTransport extends GraphTransport {
  override readonly host: string;
  readonly #carrier: GraphTransport;
  readonly #breaker: CircuitBreaker;
  readonly #turns: Turns;

  constructor(carrier: GraphTransport, breaker: CircuitBreaker, concurrency: Concurrency) {
    super();
    this.host = carrier.host;
    this.#carrier = carrier;
    this.#breaker = breaker;
    this.#turns = new Turns(concurrency);
  }

  override async send(request: GraphRequest, deadline: Deadline): Promise<GraphReply> {
    if (deadline.passed) throw new TransportFailure('never_sent');
    const turn = this.#turns.take(deadline);
    if (turn !== undefined) await turn;
    // From here on only the carrier knows whether anything was written.
    try {
      return await this.#breaker.send(this.#carrier, request, deadline);
    } finally {
      this.#turns.giveBack();
    }
  }

  override close(): Promise<void> {
    return this.#carrier.close();
  }
}
