import type { HoldFilter } from '#holds';
import { InvalidInput, parseJobRef } from '#kernel';
import { z } from 'zod';

/** Id of a hold in a path. */
export const holdId = z.uuid().transform((id) => id.toLowerCase());

/** Which holds a list shows. */
export const holdListParameters = z.strictObject({
  state: z.enum(['open', 'all']).default('open').describe('`open`: those that count. `all`: ended ones too.'),
  servicePrincipalId: z.string().max(100).optional().describe('With `jobId`: only holds of this job.'),
  jobId: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many at most.'),
  cursor: z.string().max(200).optional().describe('Where to go on: from the Link header of the page before.'),
});
export type HoldListParameters = z.infer<typeof holdListParameters>;

/** Where the list begins: what its pages have in common. */
export function listPathOf({ state, servicePrincipalId, jobId, limit }: HoldListParameters): string {
  const query = new URLSearchParams({
    state,
    ...(servicePrincipalId !== undefined && { servicePrincipalId }),
    ...(jobId !== undefined && { jobId }),
    limit: String(limit),
  });
  return `/api/holds?${query.toString()}`;
}

/** The filter of the parameters. Throws InvalidInput for half a job or a malformed one. */
export function holdFilterOf({ state, servicePrincipalId, jobId }: HoldListParameters): HoldFilter {
  const open = state === 'open';
  if (servicePrincipalId === undefined && jobId === undefined) return { open };
  if (servicePrincipalId === undefined || jobId === undefined) {
    throw new InvalidInput('field_invalid', 'Give servicePrincipalId and jobId together.', 'jobId');
  }
  return { open, job: parseJobRef(servicePrincipalId, jobId) };
}
