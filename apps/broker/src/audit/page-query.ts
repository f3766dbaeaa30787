import { z } from 'zod';

const longestPage = 1000;

/** Which entries a page of the log holds. */
export const pageQuery = z.strictObject({
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(longestPage).default(100),
});
export type PageQuery = z.infer<typeof pageQuery>;

export const entryIndex = z.coerce.number().int().min(0);
