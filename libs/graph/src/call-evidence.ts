import { v5 as uuidv5 } from 'uuid';
import type { Clock, EpochMillis, EventId } from '#kernel';
import { printable, readErrorCode } from './graph-body.ts';
import type { GraphEvidence } from './graph-gateway.ts';
import type { GraphReply } from './graph-transport.ts';

/** What a call is made to. */
export interface CallTarget {
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly pathTemplate: string;
}

/** What is known of the last attempt that was sent. */
type Attempt = Pick<
  GraphEvidence,
  'clientRequestId' | 'status' | 'errorCode' | 'graphRequestId' | 'graphDate' | 'retryAfterMs'
>;

/** Collects the evidence of one call, whichever way it ends. */
export class CallEvidence {
  readonly #target: CallTarget;
  readonly #eventId: EventId;
  readonly #clock: Clock;
  readonly #startedAt: EpochMillis;
  #attempts = 0;
  #last: Attempt = {};
  #nextId: string | undefined;

  constructor(target: CallTarget, eventId: EventId, clock: Clock) {
    this.#target = target;
    this.#eventId = eventId;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /**
   * `client-request-id` of the next attempt: UUIDv5 of its number in the namespace of the intent's id, so that anyone
   * who holds the audit log can find our calls in Graph's own activity log.
   */
  get nextClientRequestId(): string {
    this.#nextId ??= uuidv5(String(this.#attempts + 1), this.#eventId);
    return this.#nextId;
  }

  answered(reply: GraphReply, retryAfterMs: number | undefined): void {
    const { status, headers, body } = reply;
    const errorCode = status >= 400 ? readErrorCode(body) : undefined;
    const graphRequestId = printable(headers['request-id']);
    const graphDate = printable(headers['date']);
    this.#note({
      status,
      ...(errorCode !== undefined && { errorCode }),
      ...(graphRequestId !== undefined && { graphRequestId }),
      ...(graphDate !== undefined && { graphDate }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }

  /** The request was sent and nothing came back. */
  lost(): void {
    this.#note({});
  }

  /** A look aside was sent: it counts, but the evidence stays that of the call. */
  lookedAside(): void {
    this.#attempts += 1;
    this.#nextId = undefined;
  }

  /** Nothing was sent this time: there is only a hint when to come again. */
  heldBack(retryAfterMs: number): void {
    this.#last = { ...this.#last, retryAfterMs };
  }

  get(): GraphEvidence {
    const latencyMs = this.#clock.now() - this.#startedAt;
    return { ...this.#target, attempts: this.#attempts, ...this.#last, latencyMs };
  }

  #note(attempt: Attempt): void {
    this.#last = { clientRequestId: this.nextClientRequestId, ...attempt };
    this.#attempts += 1;
    this.#nextId = undefined;
  }
}
