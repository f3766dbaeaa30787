import type { SpanContext } from '@opentelemetry/api';

const form = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The trace and the span that a caller says it is in; undefined when the header is not one of W3C Trace Context. */
export function parseTraceparent(header: string): SpanContext | undefined {
  const [, traceId, spanId, flags = ''] = form.exec(header) ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}
