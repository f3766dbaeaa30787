import type { Protection, Standing } from '#audit';
import { toTimestamp } from '#kernel';
import { z } from 'zod';

export const standingSchema = z.object({
  origin: z.string().describe('Name of the log.'),
  vkey: z.string().describe('The key that signs it. Compare it with a copy from another source.'),
  size: z.number().int().describe('Number of entries.'),
  checkpoint: z.object({
    time: z.string().describe('When the last entry under it happened.'),
    note: z.string().describe('The signed note.'),
  }),
  protection: z.object({
    kind: z.enum(['tamper-detecting', 'tamper-evident']),
    size: z.number().int().optional().describe('Up to how many entries it is tamper-evident.'),
    text: z.string().describe('The same in words.'),
  }),
  anchors: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['directory', 'https', 'witness']),
      state: z
        .enum(['anchored', 'failing', 'waiting'])
        .describe('`waiting`: it was not asked yet. `failing`: the last attempt failed.'),
      size: z.number().int().describe('Of the largest checkpoint that it took; 0 when it took none.'),
      behind: z.number().int().describe('Entries that it has not seen yet.'),
      time: z.string().optional().describe('When it took that checkpoint.'),
      failure: z.string().optional().describe('Stable code of why the last attempt failed.'),
    }),
  ),
});
export type StandingView = z.infer<typeof standingSchema>;

/** How the log stands, for reviewers. */
export function standingView(origin: string, vkey: string, standing: Standing): StandingView {
  const { size, checkpoint, checkpointAt, anchors, protection } = standing;
  return {
    origin,
    vkey,
    size,
    checkpoint: { time: toTimestamp(checkpointAt), note: checkpoint },
    protection: { ...protection, text: protectionText(protection) },
    anchors: anchors.map(({ name, kind, size: taken, anchoredAt, failure }) => ({
      name,
      kind,
      state: failure !== undefined ? 'failing' : taken > 0 ? 'anchored' : 'waiting',
      size: taken,
      behind: Math.max(0, size - taken),
      ...(anchoredAt !== undefined && { time: toTimestamp(anchoredAt) }),
      ...(failure !== undefined && { failure }),
    })),
  };
}

function protectionText(protection: Protection): string {
  return protection.kind === 'tamper-detecting'
    ? 'tamper-detecting: changes are found, unless made by whoever holds both the database and the log key'
    : `tamper-evident up to ${protection.size} entries: these cannot be changed without contradicting a checkpoint kept elsewhere; later entries are tamper-detecting`;
}
