import { z } from 'zod';
import { leafJson } from '../export/leaf-json.ts';
import type { StoredEntry } from '../log-store.ts';
import type { FieldPlaces, HoldTarget, RetentionRule } from './maintenance-event.ts';

const run = z.tuple([z.number(), z.number()]);
const erasure = z.looseObject({
  privacy: z.object({
    subject: z.string(),
    count: z.number(),
    entries: z.array(run),
    entries_omitted: z.number().default(0),
  }),
});
const hold = z.looseObject({
  privacy: z.union([z.object({ subject: z.string() }), z.object({ entries: z.tuple([run]) })]),
});
const pruning = z.looseObject({
  min_index: z.number(),
  retention: z.object({ policy_sha256: z.string(), keep_days: z.number() }),
});

// Leaves are our own writing: what does not parse is a damaged store or a programming error, and throws.

/** What a `privacy.erasing` is about. */
export function erasureOf({ body }: StoredEntry): { readonly subject: string; readonly places: FieldPlaces } {
  const { subject, count, entries, entries_omitted: omitted } = erasure.parse(leafJson(body)).privacy;
  return { subject, places: { count, runs: entries, omitted } };
}

/** What a `privacy.hold.placed` keeps. */
export function holdTargetOf({ body }: StoredEntry): HoldTarget {
  const { privacy } = hold.parse(leafJson(body));
  if ('subject' in privacy) return { kind: 'subject', subject: privacy.subject };
  const [[from, to]] = privacy.entries;
  return { kind: 'entries', from, to };
}

/** What a `log.pruning` drops, and why. */
export function pruningOf({ body }: StoredEntry): { readonly minIndex: number; readonly retention: RetentionRule } {
  const { min_index: minIndex, retention } = pruning.parse(leafJson(body));
  return { minIndex, retention: { policySha256: retention.policy_sha256, keepDays: retention.keep_days } };
}
