import { maxQueryLength, personalFieldNames } from '#audit';
import { z } from 'zod';

/** The body of a request for an evidence bundle. */
export const evidenceBody = z.strictObject({
  query: z.string().max(maxQueryLength).default('').describe('The query as one text; empty for the whole log.'),
  purpose: z
    .string()
    .max(2 * maxQueryLength)
    .optional()
    .describe('Why the evidence is needed; also as header Interlock-Purpose. Recorded.'),
  disclose: z
    .array(z.enum(personalFieldNames))
    .max(personalFieldNames.length)
    .default([])
    .describe('Personal fields to show in clear; takes the right Audit.Disclose too.'),
});
export type EvidenceBody = z.infer<typeof evidenceBody>;
