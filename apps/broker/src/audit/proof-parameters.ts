import { z } from 'zod';

/** An index in a path. */
export const entryIndex = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const size = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** An event's id in a path. */
export const eventIdText = z.uuid().transform((id) => id.toLowerCase());

/** For which size an inclusion proof is wanted. */
export const proofParameters = z.strictObject({
  size: size.optional().describe('Size of the tree to prove it for; default the last checkpoint.'),
});
export type ProofParameters = z.infer<typeof proofParameters>;

/** Which two sizes a consistency proof joins. */
export const consistencyParameters = z.strictObject({
  from: size.describe('The older size.'),
  to: size.optional().describe('The newer size; default the last checkpoint.'),
});
export type ConsistencyParameters = z.infer<typeof consistencyParameters>;
