import { z } from 'zod';
import type { RecordedChange, Resource } from '#audit';
import { actions, readJobId, ServicePrincipalId } from '#kernel';

/** The newest record of how an intent ended. */
export interface EndRow {
  readonly outcome: string | null;
  readonly body: Uint8Array;
}

const changeLeaf = z.object({
  type: z.string(),
  action: z.enum(actions).optional(),
  resource: z.object({ sp_id: z.string(), job_id: z.string().optional(), alias: z.string().optional() }).optional(),
});
const endLeaf = z.object({ outcome_reason: z.string().default('') });

/** Reads a change back from its entry and its end. Throws when the entry is none. */
export function recordedChange(body: Uint8Array, end: EndRow | undefined): RecordedChange {
  const { type, action, resource } = changeLeaf.parse(read(body));
  return {
    ...(resource !== undefined && { resource: resourceOf(resource) }),
    ...(action !== undefined && { action }),
    // What happens without a call to Graph is the change itself.
    end: type.startsWith('hold.') || type === 'audit.reviewed' ? { kind: 'done' } : endOf(end),
  };
}

function resourceOf({ sp_id, job_id, alias }: NonNullable<z.output<typeof changeLeaf>['resource']>): Resource {
  const jobId = job_id === undefined ? undefined : readJobId(job_id);
  return {
    servicePrincipalId: ServicePrincipalId.parse(sp_id, 'resource.sp_id'),
    ...(jobId !== undefined && { jobId }),
    ...(alias !== undefined && { alias }),
  };
}

function endOf(end: EndRow | undefined): RecordedChange['end'] {
  if (end?.outcome === 'success' || end?.outcome === 'applied') return { kind: 'done' };
  if (end?.outcome === 'failure') return { kind: 'failed', reason: endLeaf.parse(read(end.body)).outcome_reason };
  return { kind: 'unknown' };
}

function read(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}
