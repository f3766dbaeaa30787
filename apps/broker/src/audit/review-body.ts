import { z } from 'zod';
import { entryIndex } from './proof-parameters.ts';

const maxNote = 1_000;

/** Body of `POST /api/audit/reviews`. */
export const reviewBody = z.strictObject({
  index: entryIndex.describe('Index of the entry that was looked at.'),
  note: z
    .string()
    .trim()
    .min(1)
    .max(maxNote)
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(text), 'holds control characters')
    .optional()
    .describe('What was found. Personal: the log has its digest, and its value is sealed beside it.'),
});
export type ReviewBody = z.infer<typeof reviewBody>;

/** Its reply. */
export const reviewSchema = z.object({ eventId: z.string().describe('The event that records the review.') });
export type ReviewView = z.infer<typeof reviewSchema>;
