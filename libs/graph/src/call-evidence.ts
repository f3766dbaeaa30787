import type { Clock, EpochMillis, EventId } from '#kernel';
import { clientRequestIdOf } from './client-request-id.ts';
import { printable, readErrorCode } from './graph-body.ts';
import type { GraphEvidence } from './graph-gateway.ts';
import { type GraphReply, headerOf } from './graph-transport.ts';

/** What a call is made to. */
export interface CallTarget {
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly pathTemplate: string;
}

type Gathered = { -readonly [Field in keyof GraphEvidence]: GraphEvidence[Field] };

/** Collects the evidence of one call, whichever way it ends. */
export class CallEvidence {
  readonly #target: CallTarget;
  readonly #eventId: EventId;
  readonly #clock: Clock;
  readonly #startedAt: EpochMillis;
  #attempts = 0;
  #nextId: string | undefined;
  /** What is known of the last attempt that was sent. */
  #clientRequestId: string | undefined;
  #reply: GraphReply | undefined;
  #retryAfterMs: number | undefined;

  constructor(target: CallTarget, eventId: EventId, clock: Clock) {
    this.#target = target;
    this.#eventId = eventId;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** `client-request-id` of the next attempt. */
  get nextClientRequestId(): string {
    this.#nextId ??= clientRequestIdOf(this.#eventId, this.#attempts + 1);
    return this.#nextId;
  }

  /** When the last reply, or what held a request back, told to come again. */
  get retryAfterMs(): number | undefined {
    return this.#retryAfterMs;
  }

  answered(reply: GraphReply, retryAfterMs: number | undefined): void {
    this.#note(reply, retryAfterMs);
  }

  /** The request was sent and nothing came back. */
  lost(): void {
    this.#note(undefined, undefined);
  }

  /** A look aside was sent: it counts, but the evidence stays that of the call. */
  lookedAside(): void {
    this.#count();
  }

  /** Nothing was sent this time: there is only a hint when to come again. */
  heldBack(retryAfterMs: number): void {
    this.#retryAfterMs = retryAfterMs;
  }

  get(): GraphEvidence {
    const { method, host, pathTemplate } = this.#target;
    const latencyMs = this.#clock.now() - this.#startedAt;
    const evidence: Gathered = { method, host, pathTemplate, attempts: this.#attempts, latencyMs };
    if (this.#clientRequestId !== undefined) evidence.clientRequestId = this.#clientRequestId;
    if (this.#reply !== undefined) addReply(evidence, this.#reply);
    if (this.#retryAfterMs !== undefined) evidence.retryAfterMs = this.#retryAfterMs;
    return evidence;
  }

  #note(reply: GraphReply | undefined, retryAfterMs: number | undefined): void {
    this.#clientRequestId = this.nextClientRequestId;
    this.#reply = reply;
    this.#retryAfterMs = retryAfterMs;
    this.#count();
  }

  #count(): void {
    this.#attempts += 1;
    this.#nextId = undefined;
  }
}

function addReply(evidence: Gathered, reply: GraphReply): void {
  const errorCode = reply.status >= 400 ? readErrorCode(reply.body) : undefined;
  const graphRequestId = printable(headerOf(reply, 'request-id'));
  const graphDate = printable(headerOf(reply, 'date'));
  evidence.status = reply.status;
  if (errorCode !== undefined) evidence.errorCode = errorCode;
  if (graphRequestId !== undefined) evidence.graphRequestId = graphRequestId;
  if (graphDate !== undefined) evidence.graphDate = graphDate;
}
