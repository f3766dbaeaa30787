import { type Caller, type Justification, parseTimestamp } from '#kernel';
import { z } from 'zod';
import type { DisclosedValues } from '../disclosed-values.ts';
import type { StoredEntry } from '../log-store.ts';
import { recordedCaller } from '../recorded-caller.ts';
import type { RequestFacts } from '../recorded-facts.ts';

const text = z.string().optional();
const time = z.string().transform((value) => parseTimestamp(value) ?? z.NEVER);

const leaf = z.object({
  time,
  http: z.object({ method: z.string(), route: z.string() }),
  net: z.object({ tls: text }).default({}),
  corr: z.object({ request_id: z.string(), client_request_id: text, traceparent: text }),
  ticket: z.object({ id: z.string() }).optional(),
  until: time.optional(),
});

const personal = z.object({
  'net.ip': z.string().default('erased'),
  'net.forwarded': z.array(z.string()).optional(),
  'net.ua': text,
  reason: text,
});

/** Who asked for a bulk operation, from where and why. */
export interface RecordedAsker {
  readonly request: RequestFacts;
  readonly caller: Caller;
  readonly justification: Justification;
}

/**
 * Reads back from its entry who asked for a bulk operation, as the token said then. What was erased since is missing, so
 * that its items are judged more strictly. Throws when the entry is none.
 */
export function recordedAsker(entry: StoredEntry, disclosed: DisclosedValues): RecordedAsker {
  const {
    time: receivedAt,
    http,
    net,
    corr,
    ticket,
    until,
  } = leaf.parse(JSON.parse(Buffer.from(entry.body).toString()));
  const { 'net.ip': ip, 'net.forwarded': forwarded, 'net.ua': userAgent, reason } = personal.parse(disclosed);
  const { client_request_id: clientRequestId, traceparent } = corr;
  return {
    request: {
      requestId: corr.request_id,
      receivedAt,
      ...http,
      ip,
      ...(clientRequestId !== undefined && { clientRequestId }),
      ...(traceparent !== undefined && { traceparent }),
      ...(forwarded !== undefined && { forwarded }),
      ...(userAgent !== undefined && { userAgent }),
      ...(net.tls !== undefined && { tls: net.tls }),
    },
    caller: recordedCaller(entry, disclosed),
    justification: {
      ...(reason !== undefined && { reason }),
      ...(ticket !== undefined && { ticket: ticket.id }),
      ...(until !== undefined && { until }),
    },
  };
}
