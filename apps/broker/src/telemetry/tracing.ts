import type { RequestStep, StepEnd } from '#kernel';

/** What a trace may know of a request when it begins. */
export interface TracedRequest {
  readonly requestId: string;
  readonly method: string;
  /** The route's template. */
  readonly route: string;
  /** W3C Trace Context, valid; absent when the caller has no trace. */
  readonly traceparent?: string;
}

/** The trace of one request. */
export interface RequestTrace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** A step begins; what it gives ends it. */
  step(step: RequestStep): (end?: StepEnd) => void;
  end(status: number): void;
}

/** Where traces go. A broker that is not told to trace has none of this. */
export abstract class Tracing {
  abstract begin(request: TracedRequest): RequestTrace;

  /** Hands over what is still here; never rejects. */
  abstract close(): Promise<void>;
}
