import type { Clock } from '#kernel';
import { Registry } from 'prom-client';
import { AuditMetrics } from './audit-metrics.ts';
import { GraphMetrics } from './graph-metrics.ts';
import { RequestMetrics } from './request-metrics.ts';
import { RequestTelemetry } from './request-telemetry.ts';
import type { TracedRequest, Tracing } from './tracing.ts';

/** Where the parts of the broker tell how they fare. */
export class Telemetry {
  /** Of all metrics. */
  readonly registry = new Registry();
  readonly requests = new RequestMetrics(this.registry);
  readonly audit = new AuditMetrics(this.registry);
  readonly graph: GraphMetrics;
  readonly #clock: Clock;
  readonly #tracing: Tracing | undefined;

  constructor(clock: Clock, tracing: Tracing | undefined) {
    this.#clock = clock;
    this.#tracing = tracing;
    this.graph = new GraphMetrics(clock, this.registry);
  }

  begin(request: TracedRequest): RequestTelemetry {
    return new RequestTelemetry(this.#clock, this.requests, this.#tracing?.begin(request));
  }

  async close(): Promise<void> {
    await this.#tracing?.close();
  }
}
