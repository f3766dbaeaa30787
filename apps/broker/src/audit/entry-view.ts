import type { Reviewed, StoredEntry } from '#audit';
import { z } from 'zod';

/** An entry as the API shows it. */
export const entrySchema = z.object({
  index: z.number().int().describe('Position in the log, which the inclusion proof proves.'),
  eventId: z.string(),
  event: z.record(z.string(), z.unknown()).describe('The event, parsed for reading.'),
  leaf: z.base64().describe('The exact bytes that are hashed into the log.'),
});
export type EntryView = z.infer<typeof entrySchema>;

/** A page of entries. */
export const entryPageSchema = z.object({
  size: z.number().int().describe('Entries in the log when it was asked.'),
  items: z.array(entrySchema),
});
export type EntryPage = z.infer<typeof entryPageSchema>;

export function entryView(entry: StoredEntry): EntryView {
  const leaf = Buffer.from(entry.body);
  return {
    index: entry.index,
    eventId: entry.eventId,
    event: z.record(z.string(), z.unknown()).parse(JSON.parse(leaf.toString('utf8'))),
    leaf: leaf.toString('base64'),
  };
}

export function entryPage({ size, items }: Reviewed<StoredEntry>): EntryPage {
  return { size, items: items.map(entryView) };
}
