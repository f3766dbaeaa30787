import { z } from 'zod';

const index = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** One entry in an export: its exact bytes, and the event as a courtesy to readers. */
export const entryLine = z.object({
  index,
  leaf: z.base64(),
  event: z.record(z.string(), z.unknown()),
  disclosures: z
    .array(
      z.union([
        z.string(),
        z.object({ encoded: z.string(), name: z.string().optional(), value: z.unknown().optional() }),
      ]),
    )
    .default([]),
});
export type EntryLine = z.infer<typeof entryLine>;

/** The last line of an export. */
export const footerLine = z.object({
  count: index,
  query: z.unknown(),
  checkpoint: z.string(),
  signature: z.string(),
});
export type FooterLine = z.infer<typeof footerLine>;
