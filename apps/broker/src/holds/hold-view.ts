import type { Hold } from '#holds';
import { toTimestamp } from '#kernel';
import type { ShownHold } from '#operations';
import { z } from 'zod';

const states = [
  'pausing',
  'pause_unknown',
  'held',
  'resuming',
  'resume_unknown',
  'not_paused',
  'replaced',
  'released',
  'resumed',
  'not_resumed',
  'superseded',
] as const satisfies readonly Hold['state'][];

/** A hold as its viewer sees it. */
export const holdViewSchema = z.object({
  id: z.string().describe("Id of the hold, and of the pause's intent in the audit log."),
  servicePrincipalId: z.string(),
  jobId: z.string(),
  alias: z.string().optional().describe("The job's name in the policy's catalog."),
  state: z
    .enum(states)
    .describe(
      '`held`: the job stays paused. `released`: ended while others hold the job. `resumed`: it was the last one and the job was started. `not_resumed`: it was the last one and the job was left paused. `superseded`: somebody else had started the job. `replaced`: its owner paused the job again. The two unknown states end by reconciliation.',
    ),
  cause: z
    .string()
    .optional()
    .describe('Stable code of how or why it ended, such as `expired`, `paused_before`, `quarantined` or `policy`.'),
  replacedBy: z.string().optional().describe('The hold that replaced it.'),
  owner: z.object({
    kind: z.enum(['application', 'user']),
    application: z.string().describe('Client id of the application that paused.'),
    name: z.string().optional().describe('Of a person.'),
  }),
  own: z.boolean().describe('Whether it is yours.'),
  since: z.string(),
  until: z.string().optional().describe('When it ends by itself; absent when it does not.'),
  ticket: z.string().optional(),
  reason: z.string().optional().describe('For its owner, and for those who may override holds.'),
  before: z
    .enum(['running', 'stopped', 'unknown'])
    .describe('What the job was like before it was paused. Only one that was running is started at the end.'),
});

/** A page of holds. */
export const holdPageSchema = z.object({ items: z.array(holdViewSchema).describe('Newest first.') });

export type HoldView = z.infer<typeof holdViewSchema>;

export function holdViewOf({ hold, owner, own, reason }: ShownHold, alias?: string): HoldView {
  return {
    id: hold.id,
    ...hold.job,
    ...(alias !== undefined && { alias }),
    state: hold.state,
    ...('reason' in hold && { cause: hold.reason }),
    ...(hold.state === 'replaced' && { replacedBy: hold.by }),
    owner: { ...owner },
    own,
    since: toTimestamp(hold.since),
    ...(hold.until !== undefined && { until: toTimestamp(hold.until) }),
    ...(hold.ticket !== undefined && { ticket: hold.ticket }),
    ...(reason !== undefined && { reason }),
    before: hold.origin,
  };
}
