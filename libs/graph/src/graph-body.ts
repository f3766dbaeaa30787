import { z } from 'zod';
import { readJobId } from '#kernel';
import type { JobList, SynchronizationJob } from './graph-gateway.ts';
import type { GraphReply } from './graph-transport.ts';

/** An error body beyond this is not Graph's. */
const maxErrorBytes = 65_536;

const jobSchema = z.looseObject({
  id: z.string().refine((id) => readJobId(id) !== undefined),
  schedule: z.looseObject({ state: z.string() }),
  status: z.looseObject({ code: z.string() }),
});

const listSchema = z.looseObject({
  '@odata.context': z.string().optional(),
  '@odata.nextLink': z.string().optional(),
  value: z.array(z.unknown()),
});

const errorSchema = z.object({ error: z.object({ code: z.string() }) });

/** A page of a list, with the link to the next one as Graph gave it: not to be followed unchecked. */
export interface JobPage extends JobList {
  readonly nextLink?: string;
}

/** The job in a reply, or undefined when the body is not one. */
export function readJob(body: GraphReply['body']): SynchronizationJob | undefined {
  const value = parseJson(body);
  return isJob(value) ? value : undefined;
}

/** The page in a reply, or undefined when any part of it is not what Graph documents: half a list would mislead. */
export function readJobPage(body: GraphReply['body']): JobPage | undefined {
  const parsed = listSchema.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  const { value, '@odata.context': context, '@odata.nextLink': nextLink } = parsed.data;
  if (!value.every(isJob)) return undefined;
  return { jobs: value, ...(context !== undefined && { context }), ...(nextLink !== undefined && { nextLink }) };
}

/** `error.code` of Graph's error envelope, when there is one. Messages are not kept: they may name people. */
export function readErrorCode(body: GraphReply['body']): string | undefined {
  if (typeof body === 'string' || body.length > maxErrorBytes) return undefined;
  const parsed = errorSchema.safeParse(parseJson(body));
  return parsed.success ? printable(parsed.data.error.code) : undefined;
}

/** At most 100 printable ASCII characters of foreign text, fit for a log line; undefined when nothing is left. */
export function printable(text: string | undefined): string | undefined {
  return text?.replace(/[^\x20-\x7e]/g, '').slice(0, 100) || undefined;
}

/** The parsed value itself is handed on, not a copy, so that what Graph sent passes through as it came. */
function isJob(value: unknown): value is SynchronizationJob {
  return jobSchema.safeParse(value).success;
}

/** The JSON of a body that arrived whole, or undefined. */
export function parseJson(body: GraphReply['body']): unknown {
  if (typeof body === 'string') return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
