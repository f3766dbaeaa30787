import { toTimestamp } from '#kernel';
import type { Decision } from '#policy';
import { z } from 'zod';
import { judgementOf, judgementSchema } from '../jobs/judgement.ts';
import type { PolicyKeeper } from './policy-keeper.ts';
import type { LoadedPolicy } from './policy-file.ts';

/** Reply of `GET /api/policy`. */
export const policySchema = z.object({
  sha256: z.string().describe('Of the file; decisions and events name it.'),
  since: z.string().describe('When this replica put it in force.'),
  shadowSha256: z.string().optional().describe('The policy on trial.'),
  trouble: z
    .enum(['policy_rejected', 'policy_unrecorded'])
    .optional()
    .describe('Why the file on disk is not in force; our log says more.'),
  policy: z.unknown().describe('The file, as docs/policy.schema.json says.'),
});
export type PolicyView = z.infer<typeof policySchema>;

export function policyView(loaded: LoadedPolicy, { live, reloader, shadowSha256 }: PolicyKeeper): PolicyView {
  return {
    sha256: loaded.policy.sha256,
    since: toTimestamp(live.since),
    ...(shadowSha256 !== undefined && { shadowSha256 }),
    ...(reloader.trouble !== undefined && { trouble: reloader.trouble }),
    policy: loaded.written,
  };
}

/** Reply of `POST /api/policy/explain`. */
export const explanationSchema = judgementSchema.extend({
  at: z.string(),
  alias: z.string().optional(),
  callers: z.array(z.string()).describe('Callers of the policy that it was judged for.'),
  breakGlass: z.literal(true).optional().describe('It would raise an alarm.'),
});
export type Explanation = z.infer<typeof explanationSchema>;

export function explanationOf(decision: Decision): Explanation {
  return {
    ...judgementOf(decision),
    at: toTimestamp(decision.at),
    ...(decision.alias !== undefined && { alias: decision.alias }),
    callers: [...(decision.callers ?? [])],
    ...(decision.effect === 'allow' && decision.breakGlass && { breakGlass: true }),
  };
}

const rule = z.object({
  rule: z.string(),
  needs: z.array(z.string()).describe('What the justification must have.'),
  when: z.array(z.string()).describe('When it applies; empty: at any time.'),
  startQuarantined: z.literal(true).optional(),
  breakGlass: z.literal(true).optional(),
  limit: z.string().optional().describe('How often.'),
});
const standing = z.object({ grants: z.array(rule), denials: z.array(rule) });

/** Reply of `GET /api/policy/who-can`. */
export const whoCanSchema = z.object({
  policySha256: z.string(),
  callers: z.array(
    z.object({
      caller: z.string(),
      kind: z.enum(['application', 'user', 'directoryRole', 'role']),
      grants: z.array(rule).describe('Any of them is enough.'),
      except: z.array(rule).describe('When it is denied all the same.'),
    }),
  ),
});

/** Reply of `POST /api/policy/diff`. */
export const diffSchema = z.object({
  before: z.string().describe('SHA-256 of the policy in force.'),
  after: z.string(),
  changes: z.array(
    z.object({
      kind: z.enum(['allowed', 'denied', 'changed']),
      action: z.enum(['read', 'pause', 'start']),
      callers: z.array(z.string()),
      jobs: z.array(z.string()),
      before: standing,
      after: standing,
    }),
  ),
});
