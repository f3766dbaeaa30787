import type { ReconciliationVerdict } from '#audit';

/** Whether a job will start another cycle. */
export type Running = 'running' | 'stopped';

/** Why a job cannot be read, now or later: nothing will be found out about it. */
export type Unreadable = 'not_found' | 'not_owned' | 'forbidden';

/** What is known about an intended change. */
export interface Evidence {
  readonly operation: 'pause' | 'start';
  /** The state that the intent recorded. */
  readonly before: Running | 'unknown';
  /** What was read since, oldest first, with some time between the reads. */
  readonly reads: readonly (Running | Unreadable)[];
}

/** The verdict with its stable reason, or that the evidence does not suffice yet. */
export type Finding =
  | { readonly kind: 'verdict'; readonly verdict: ReconciliationVerdict; readonly reason: string }
  | { readonly kind: 'read_again' };

/**
 * What became of a change whose outcome nobody saw. A state tells that the job was changed, never by whom, so `applied`
 * means: it was as it was before, and now it is as it was asked to be. That it was *not* applied takes two reads,
 * because Graph may still be at it when the first one comes.
 */
export function judgeEvidence({ operation, before, reads }: Evidence): Finding {
  const wanted: Running = operation === 'pause' ? 'stopped' : 'running';
  const now = reads.at(-1);
  if (now === undefined) return { kind: 'read_again' };
  if (now !== 'running' && now !== 'stopped') return inconclusive(now);
  if (now === wanted) {
    if (before === 'unknown') return inconclusive('before_unknown');
    return before === wanted
      ? inconclusive('already_so_before')
      : { kind: 'verdict', verdict: 'applied', reason: 'state_changed' };
  }
  // It was so before and is not any more: somebody has changed it since, with or without our change between.
  if (before === wanted) return inconclusive('changed_since');
  if (reads.length < 2) return { kind: 'read_again' };
  return { kind: 'verdict', verdict: 'not_applied', reason: 'state_unchanged' };
}

function inconclusive(reason: string): Finding {
  return { kind: 'verdict', verdict: 'inconclusive', reason };
}
