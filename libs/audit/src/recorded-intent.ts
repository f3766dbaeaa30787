import { parseTimestamp, readJobId, ServicePrincipalId } from '#kernel';
import { z } from 'zod';
import type { RecordedJobState, Resource } from './recorded-facts.ts';
import type { StoredEntry } from './log-store.ts';

/** What is needed of an intent to find out later what became of it. */
export interface RecordedIntent {
  readonly resource: Resource;
  readonly before: RecordedJobState | 'unknown';
}

const state = z.object({
  status: z.string(),
  schedule_state: z.string(),
  read_at: z.string(),
  graph_request_id: z.string().optional(),
});

const intent = z.object({
  resource: z.object({ sp_id: z.string(), job_id: z.string().optional() }),
  before: z.union([z.literal('unknown'), state]).optional(),
});

/**
 * Reads an intent back from its entry. Throws when the entry is none: leaves are our own writing, so that is a damaged
 * store or a programming error.
 */
export function recordedIntent(entry: StoredEntry): RecordedIntent {
  const { resource, before } = intent.parse(JSON.parse(Buffer.from(entry.body).toString('utf8')));
  const jobId = resource.job_id === undefined ? undefined : readJobId(resource.job_id);
  return {
    resource: {
      servicePrincipalId: ServicePrincipalId.parse(resource.sp_id, 'resource.sp_id'),
      ...(jobId !== undefined && { jobId }),
    },
    before: before === undefined || before === 'unknown' ? 'unknown' : stateOfLeaf(before),
  };
}

function stateOfLeaf(leaf: z.infer<typeof state>): RecordedJobState | 'unknown' {
  const readAt = parseTimestamp(leaf.read_at);
  if (readAt === undefined) return 'unknown';
  const { status: statusCode, schedule_state: scheduleState, graph_request_id: graphRequestId } = leaf;
  return { statusCode, scheduleState, readAt, ...(graphRequestId !== undefined && { graphRequestId }) };
}
