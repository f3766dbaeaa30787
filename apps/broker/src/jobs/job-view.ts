import type { EarlierPause } from '#audit';
import { type JobState, quarantineOf, stateOf, type SynchronizationJob } from '#graph';
import type { JobRef } from '#kernel';
import type { JobChange } from '#operations';
import type { CatalogEntry } from '#policy';
import { z } from 'zod';
import { type OpenUnknown, openUnknownSchema } from '../audit/open-unknowns.ts';

const stateSchema = z.object({
  stopped: z.boolean().describe('No new cycle will start; one under way still finishes.'),
  scheduleState: z.string().describe('`schedule.state` as Graph sent it.'),
  statusCode: z.string().describe('`status.code` as Graph sent it.'),
});

const named = {
  alias: z.string().optional().describe("The job's name in the policy's catalog."),
  servicePrincipalId: z.string(),
  tags: z.array(z.string()).optional(),
};

const openUnknowns = z
  .array(openUnknownSchema.pick({ eventId: true, operation: true, state: true, since: true, ageSeconds: true }))
  .optional()
  .describe('Requests about which nobody knows yet whether they changed the job; absent when there are none.');

/** An entry of the catalog; without `jobId` it stands for every job of the service principal. */
export const catalogEntrySchema = z.object({ ...named, jobId: z.string().optional(), openUnknowns });
/** The entries that the caller may read. */
export const catalogSchema = z.object({ items: z.array(catalogEntrySchema) });

/** A job as Interlock shows it: what Graph says now, and what the log knows. */
export const jobViewSchema = z.object({
  ...named,
  jobId: z.string(),
  state: stateSchema,
  before: stateSchema.optional().describe('After a change: what it was like before, when that was read.'),
  quarantine: z
    .object({ reason: z.string().optional().describe("Graph's word, such as `TooManyDeletes`.") })
    .optional()
    .describe('Present while Graph keeps the job in quarantine; a start would clear it.'),
  pausedBy: z
    .object({
      eventId: z.string().describe("The pause's intent in the audit log."),
      time: z.string(),
      application: z.string().optional().describe('Client id of the calling application.'),
      actor: z.string().optional().describe('Pseudonym of the caller, as in the audit log.'),
    })
    .optional()
    .describe('The pause through Interlock that the job rests on, as far as the log knows.'),
  openUnknowns,
});

type JobView = z.infer<typeof jobViewSchema>;
/** Which job it is: a reference, with its name where the catalog gives it one. */
export type NamedJob = JobRef & Partial<Pick<CatalogEntry, 'alias' | 'tags'>>;

/** `unknowns`: all that are open now. */
export function catalogEntryOf(entry: CatalogEntry, unknowns: readonly OpenUnknown[]) {
  const { alias, servicePrincipalId, jobId, tags } = entry;
  return {
    alias,
    servicePrincipalId,
    ...(jobId !== undefined && { jobId }),
    tags: [...tags],
    ...openUnknownsOf(entry, unknowns),
  };
}

/** Those of the job, or of every job of the service principal where the entry names none. */
function openUnknownsOf(
  { servicePrincipalId, jobId }: Pick<CatalogEntry, 'servicePrincipalId' | 'jobId'>,
  unknowns: readonly OpenUnknown[],
): Pick<JobView, 'openUnknowns'> {
  const own = unknowns.filter(
    (unknown) => unknown.servicePrincipalId === servicePrincipalId && (jobId === undefined || unknown.jobId === jobId),
  );
  if (own.length === 0) return {};
  return {
    openUnknowns: own.map(({ eventId, operation, state, since, ageSeconds }) => ({
      eventId,
      operation,
      state,
      since,
      ageSeconds,
    })),
  };
}

/** `pausedBy` counts only for a job that is stopped. */
export function jobViewOf(
  { alias, servicePrincipalId, jobId, tags }: NamedJob,
  job: SynchronizationJob,
  known: {
    readonly before?: JobChange['before'];
    readonly pausedBy?: EarlierPause | undefined;
    readonly unknowns?: readonly OpenUnknown[];
  } = {},
): JobView {
  const state = stateOf(job);
  const quarantine = quarantineOf(job);
  return {
    ...(alias !== undefined && { alias }),
    servicePrincipalId,
    jobId,
    ...(tags !== undefined && { tags: [...tags] }),
    state: stateViewOf(state),
    ...(known.before !== undefined && { before: stateViewOf(known.before) }),
    ...(quarantine !== undefined && { quarantine: { ...quarantine } }),
    ...(state.stopped && known.pausedBy !== undefined && { pausedBy: { ...known.pausedBy } }),
    ...openUnknownsOf({ servicePrincipalId, jobId }, known.unknowns ?? []),
  };
}

function stateViewOf({ stopped, scheduleState, statusCode }: JobState) {
  return { stopped, scheduleState, statusCode };
}
