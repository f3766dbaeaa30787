import { type Clock, type RequestStep, RequestWatch, type StepEnd, type WatchedDecision } from '#kernel';
import type { RequestMetrics } from './request-metrics.ts';
import type { RequestTrace } from './tracing.ts';

/** Milliseconds per step that a request has taken; attempts at Graph together. */
export type StepMillis = Readonly<Record<RequestStep, number | undefined>>;

/** What is told of one request, to its log line, to metrics and, where there is one, to its trace. */
export class RequestTelemetry extends RequestWatch {
  readonly #clock: Clock;
  readonly #metrics: RequestMetrics;
  readonly #trace: RequestTrace | undefined;
  readonly #began: number;
  readonly #millis: Record<RequestStep, number | undefined> = {
    authenticate: undefined,
    authorize: undefined,
    record_intent: undefined,
    graph: undefined,
    record_outcome: undefined,
  };
  #decision: WatchedDecision | undefined;

  constructor(clock: Clock, metrics: RequestMetrics, trace: RequestTrace | undefined) {
    super();
    this.#clock = clock;
    this.#metrics = metrics;
    this.#trace = trace;
    this.#began = clock.ticks();
    metrics.begun();
  }

  get traceId(): string | undefined {
    return this.#trace?.traceId;
  }

  /** What the policy said, when it was asked. */
  get decision(): WatchedDecision | undefined {
    return this.#decision;
  }

  /** So far. */
  get millis(): StepMillis {
    return this.#millis;
  }

  override begin(step: RequestStep): (end?: StepEnd) => void {
    const began = this.#clock.ticks();
    const ended = this.#trace?.step(step);
    return (end) => {
      const millis = this.#clock.ticks() - began;
      this.#millis[step] = (this.#millis[step] ?? 0) + millis;
      this.#metrics.stepped(step, millis);
      ended?.(end);
    };
  }

  override decided(decision: WatchedDecision): void {
    this.#decision = decision;
    this.#metrics.decided(decision);
  }

  /** The reply has gone out; gives how long it all took, in milliseconds. */
  ended(status: number): number {
    const millis = this.#clock.ticks() - this.#began;
    this.#metrics.ended(this.#decision, status, millis);
    this.#trace?.end(status);
    return millis;
  }
}
