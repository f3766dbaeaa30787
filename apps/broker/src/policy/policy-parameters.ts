import { actions } from '#kernel';
import { z } from 'zod';
import { justificationBody } from '../jobs/justification.ts';

const name = z.string().min(1).max(100);
const job = z.string().min(1).max(240).describe('An alias of the policy, or servicePrincipalId/jobId.');

/** Body of `POST /api/policy/explain`. */
export const explainBody = z.strictObject({
  caller: z
    .union([name, z.array(name).max(20)])
    .describe('A caller of the policy; a list for a person that is all of them, empty for somebody it does not know.'),
  action: z.enum(actions),
  job,
  justification: justificationBody.default({}),
  at: z.iso.datetime({ offset: true }).optional().describe('As if it were this RFC 3339 time; absent: now.'),
});
export type ExplainBody = z.infer<typeof explainBody>;

/** Query of `GET /api/policy/who-can`. */
export const whoCanParameters = z.strictObject({ action: z.enum(actions), job });
export type WhoCanParameters = z.infer<typeof whoCanParameters>;

/** Body of `POST /api/policy/diff`: the bytes of a policy file. */
export const candidateBody = z.instanceof(Uint8Array, { error: 'the body must be a policy file as application/yaml' });
