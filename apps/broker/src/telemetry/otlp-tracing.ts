import type { TracingConfig } from '#config';
import type { RequestStep, StepEnd } from '#kernel';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { parseTraceparent } from './traceparent.ts';
import { type RequestTrace, type TracedRequest, Tracing } from './tracing.ts';

/** How long a collector may take, also at the end of the process. */
const exportMillis = 5_000;

/**
 * Traces over OTLP/HTTP. Parents are handed on by hand, so there is no context manager and nothing global. A caller's
 * `sampled` flag decides; requests without a trace are sampled by the ratio.
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export class OtlpTracing extends Tracing {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #graph: string;

  /** @param graph host of Microsoft Graph, for the spans of calls */
  constructor(
    { endpoint, serviceName, ratio }: TracingConfig,
    headers: Readonly<Record<string, string>>,
    { version, graph }: { readonly version: string; readonly graph: string },
  ) {
    super();
    const exporter = new OTLPTraceExporter({
      url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
      headers: { ...headers },
      timeoutMillis: exportMillis,
    });
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
      spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: exportMillis })],
    });
    this.#tracer = this.#provider.getTracer('interlock', version);
    this.#graph = graph;
  }

  override begin({ requestId, method, route, traceparent }: TracedRequest): RequestTrace {
    const parent = traceparent === undefined ? undefined : parseTraceparent(traceparent);
    const span = this.#tracer.startSpan(
      `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': method, 'http.route': route, 'interlock.request_id': requestId },
      },
      parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent),
    );
    const { traceId } = span.spanContext();
    if (!span.isRecording()) return { traceId, step: () => ignore, end: ignore };
    const within = trace.setSpan(ROOT_CONTEXT, span);
    return {
      traceId,
      step: (step) => this.#step(step, within),
      end: (status) => {
        span.setAttribute('http.response.status_code', status);
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  override async close(): Promise<void> {
    await this.#provider.shutdown().catch(() => undefined);
  }

  #step(step: RequestStep, within: Context): (end?: StepEnd) => void {
    const isCall = step === 'graph';
    const span = this.#tracer.startSpan(
      step,
      isCall ? { kind: SpanKind.CLIENT, attributes: { 'server.address': this.#graph } } : {},
      within,
    );
    return (end) => {
      endStep(span, end);
    };
  }
}

function endStep(span: Span, { failure, status }: StepEnd = {}): void {
  if (status !== undefined) span.setAttribute('http.response.status_code', status);
  if (failure !== undefined) span.setAttribute('error.type', failure).setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function ignore(): void {
  // A trace that is not sampled.
}
