import type { StoredEntry } from '#audit';
import { z } from 'zod';

const entrySchema = z.object({
  index: z.number().int().describe('Position in the log, which the inclusion proof proves.'),
  eventId: z.string(),
  event: z.record(z.string(), z.unknown()).describe('The event, parsed for reading.'),
  leaf: z.base64().describe('The exact bytes that are hashed into the log.'),
});

export const entryPageSchema = z.object({
  size: z.number().int().describe('Entries in the log now.'),
  items: z.array(entrySchema),
});

export type EntryPage = z.infer<typeof entryPageSchema>;

export function entryOf(entry: StoredEntry): EntryPage['items'][number] {
  const leaf = Buffer.from(entry.body);
  return {
    index: entry.index,
    eventId: entry.eventId,
    event: z.record(z.string(), z.unknown()).parse(JSON.parse(leaf.toString('utf8'))),
    leaf: leaf.toString('base64'),
  };
}
