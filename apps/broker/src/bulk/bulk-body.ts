import type { BulkSelector } from '#audit';
import { InvalidInput, ServicePrincipalId } from '#kernel';
import { z } from 'zod';
import { justificationBody } from '../jobs/justification.ts';

const name = z.string().min(1).max(100);

const selector = z
  .union(
    [
      z.strictObject({ servicePrincipalId: name.describe('Every job of this service principal.') }),
      z.strictObject({ tag: name.describe("Every entry of the policy's catalog with this tag.") }),
      z.strictObject({ aliases: z.array(name).min(1).describe("These entries of the policy's catalog.") }),
    ],
    { error: 'must have exactly one of servicePrincipalId, tag and aliases' },
  )
  .describe('Which jobs. An entry of the catalog without a job id stands for every job of its service principal.');

/** Body of `POST /api/bulk/pause` and `POST /api/bulk/start`. */
export const bulkBody = z.strictObject({
  selector,
  ...justificationBody.shape,
  dryRun: z.boolean().optional().describe('Like the query parameter: only tell what the policy says.'),
});
export type BulkBody = z.infer<typeof bulkBody>;

/** Query of the same. */
export const bulkParameters = z.strictObject({
  dryRun: z.enum(['true', 'false']).optional().describe('Only tell what the policy says about each job.'),
});
export type BulkParameters = z.infer<typeof bulkParameters>;

/** Id of an operation in a path. */
export const operationId = z.uuid().transform((id) => id.toLowerCase());

/** Throws InvalidInput for a malformed id. */
export function selectorOf({ selector: given }: BulkBody): BulkSelector {
  if ('tag' in given) return { kind: 'tag', tag: given.tag };
  if ('aliases' in given) return { kind: 'aliases', aliases: given.aliases };
  const servicePrincipalId = ServicePrincipalId.parse(given.servicePrincipalId, 'selector.servicePrincipalId');
  return { kind: 'servicePrincipalId', servicePrincipalId };
}

/** Whether nothing is to be done. Throws InvalidInput when body and query contradict each other. */
export function isDryRun(body: BulkBody, parameters: BulkParameters): boolean {
  const inQuery = parameters.dryRun === undefined ? undefined : parameters.dryRun === 'true';
  if (inQuery !== undefined && body.dryRun !== undefined && inQuery !== body.dryRun) {
    throw new InvalidInput('field_invalid', 'dryRun is not the same in body and query.', 'dryRun');
  }
  return inQuery ?? body.dryRun ?? false;
}
