import { timeOfEventId } from '#audit';
import { toTimestamp } from '#kernel';
import { endOnRecord, type JudgedTarget, type ShownItem, type ShownOperation } from '#operations';
import { z } from 'zod';
import { catalogue, isErrorCode } from '../edge/error-catalogue.ts';
import { judgementOf, judgementSchema } from '../jobs/judgement.ts';

const states = ['waiting', 'in_progress', 'done', 'denied', 'failed', 'unknown'] as const;
type State = (typeof states)[number];

const job = z
  .object({ alias: z.string().optional(), servicePrincipalId: z.string(), jobId: z.string().optional() })
  .optional()
  .describe('Absent for a job that you may not read. Without `jobId`: every job of the service principal.');

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string().optional(),
  code: z.string(),
});

const itemSchema = z.object({
  position: z.number().int(),
  job,
  state: z
    .enum(states)
    .describe(
      '`denied`: the policy or the state of the job forbids it. `failed`: it was certainly not done. `unknown`: it was sent and nobody saw the answer; it becomes `done` or `failed` when that is found out.',
    ),
  decision: z
    .object({ effect: z.enum(['allow', 'deny']), rule: z.string().optional() })
    .optional()
    .describe('What the policy said, once it was asked.'),
  outcome: z
    .enum(['success', 'failure', 'unknown', 'applied', 'not_applied', 'inconclusive'])
    .optional()
    .describe('What was observed at Microsoft Graph, or found out later.'),
  event: z.string().optional().describe('Its intent or denial in the audit log.'),
  problem: problem.optional().describe('RFC 9457: what a request for this job alone would have been answered.'),
});

const counts = z.object(
  Object.fromEntries(states.map((state) => [state, z.number().int()])) as Record<State, z.ZodInt>,
);

/** A bulk operation as its viewer sees it. */
export const operationSchema = z.object({
  id: z.string().describe('Also the id of its `bulk.started` in the audit log, which every item names as its parent.'),
  action: z.enum(['pause', 'start']),
  state: z.enum(['running', 'finished']),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  counts,
  items: z.array(itemSchema),
});

/** What the policy says about a bulk operation that was not begun. */
export const rehearsalSchema = z.object({
  dryRun: z.literal(true),
  counts: z.object({ allow: z.number().int(), deny: z.number().int() }),
  items: z.array(z.object({ job, judgement: judgementSchema })),
});

export function operationViewOf({ operation, items }: ShownOperation): z.infer<typeof operationSchema> {
  const views = items.map(itemViewOf);
  const count = (state: State): number => views.filter((view) => view.state === state).length;
  return {
    id: operation.id,
    action: operation.action,
    state: operation.endedAt === undefined ? 'running' : 'finished',
    startedAt: toTimestamp(timeOfEventId(operation.id)),
    ...(operation.endedAt !== undefined && { finishedAt: toTimestamp(operation.endedAt) }),
    counts: Object.fromEntries(states.map((state) => [state, count(state)])) as Record<State, number>,
    items: views,
  };
}

export function rehearsalOf(targets: readonly JudgedTarget[]): z.infer<typeof rehearsalSchema> {
  const allow = targets.filter(({ decision }) => decision.effect === 'allow').length;
  return {
    dryRun: true,
    counts: { allow, deny: targets.length - allow },
    items: targets.map(({ target, decision, shown }) => ({
      ...(shown && { job: { ...(decision.alias !== undefined && { alias: decision.alias }), ...target } }),
      judgement: judgementOf(decision),
    })),
  };
}

function itemViewOf({ item, record, shown }: ShownItem): z.infer<typeof itemSchema> {
  // What was found out later stands in the log only.
  const progress = item.progress.state === 'unknown' && record !== undefined ? endOnRecord(record) : item.progress;
  const event = 'event' in progress ? progress.event : undefined;
  return {
    position: item.position,
    ...(shown && { job: { ...(item.alias !== undefined && { alias: item.alias }), ...item.job } }),
    state: progress.state,
    ...(record !== undefined && {
      decision: { effect: record.decision, ...(record.rule !== undefined && { rule: record.rule }) },
      ...(record.outcome !== undefined && { outcome: record.outcome }),
    }),
    ...(event !== undefined && { event }),
    ...('code' in progress && { problem: problemOf(progress.code, progress.detail, event) }),
  };
}

function problemOf(code: string, detail: string | undefined, event: string | undefined): z.infer<typeof problem> {
  const { title, status } = catalogue[isErrorCode(code) ? code : 'internal_error'];
  return {
    type: `urn:interlock:problem:${code}`,
    title,
    status,
    detail: detail ?? `${title}.`,
    ...(event !== undefined && { instance: `urn:uuid:${event}` }),
    code,
  };
}
