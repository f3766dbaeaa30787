import { bulkhead, BulkheadRejectedError, type BulkheadPolicy, TaskCancelledError } from 'cockatiel';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { type GraphReply, type GraphRequest, GraphTransport, TransportFailure } from './graph-transport.ts';

/** Requests to Graph at the same time, and how many more may wait for their turn. */
export interface Concurrency {
  readonly limit: number;
  readonly queue: number;
}

/**
 * A transport that spares Graph and us: so many requests at a time, so many more in a queue, and none at all while the
 * circuit is open. What it holds back was certainly not sent, and its failures say so.
 */
export class GuardedTransport extends GraphTransport {
  override readonly host: string;
  readonly #carrier: GraphTransport;
  readonly #breaker: CircuitBreaker;
  readonly #turns: BulkheadPolicy;

  constructor(carrier: GraphTransport, breaker: CircuitBreaker, { limit, queue }: Concurrency) {
    super();
    this.host = carrier.host;
    this.#carrier = carrier;
    this.#breaker = breaker;
    this.#turns = bulkhead(limit, queue);
  }

  override async send(request: GraphRequest, giveUp: AbortSignal): Promise<GraphReply> {
    const { promise: leftQueue, reject } = Promise.withResolvers<never>();
    const leave = () => {
      reject(new TransportFailure('never_sent'));
    };
    giveUp.addEventListener('abort', leave, { once: true });
    const turn = this.#turns.execute(() => {
      // From here on only the carrier knows whether anything was written.
      giveUp.removeEventListener('abort', leave);
      return this.#breaker.send(() => this.#carrier.send(request, giveUp));
    }, giveUp);
    try {
      return await Promise.race([turn, leftQueue]);
    } catch (error) {
      if (error instanceof BulkheadRejectedError) throw new TransportFailure('too_busy');
      throw error instanceof TaskCancelledError ? new TransportFailure('never_sent') : error;
    } finally {
      giveUp.removeEventListener('abort', leave);
    }
  }

  override close(): Promise<void> {
    return this.#carrier.close();
  }
}
