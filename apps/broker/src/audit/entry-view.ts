import type { KeptFields, Reviewed, StoredEntry } from '#audit';
import { z } from 'zod';

/** An entry as the API shows it. */
export const entrySchema = z.object({
  index: z.number().int().describe('Position in the log, which the inclusion proof proves.'),
  eventId: z.string(),
  event: z.record(z.string(), z.unknown()).describe('The event, parsed for reading.'),
  leaf: z.base64().describe('The exact bytes that are hashed into the log.'),
});
export type EntryView = z.infer<typeof entrySchema>;

/** An entry with what became of its personal fields. */
export const eventSchema = entrySchema.extend({
  personal: z
    .object({
      kept: z.array(z.string()).describe('Names of the personal fields that are kept, sealed, beside the entry.'),
      erased: z.number().int().describe('How many were erased; their digests stay in the event.'),
    })
    .describe('The personal fields that the event commits to by digest.'),
});
export type EventView = z.infer<typeof eventSchema>;

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

export function eventView({ personal, ...entry }: StoredEntry & { readonly personal: KeptFields }): EventView {
  return { ...entryView(entry), personal: { kept: [...personal.kept], erased: personal.erased } };
}

export function entryPage({ size, items }: Reviewed<StoredEntry>): EntryPage {
  return { size, items: items.map(entryView) };
}
