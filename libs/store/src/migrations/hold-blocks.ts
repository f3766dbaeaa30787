/** Entries per block of the indexes of holds by owner and by job; fixed by the indexes. */
export const holdBlock = 1_024;

/**
 * Migration 16: the indexes of holds by owner and by job within blocks of the log, as those of the filters are. Over the
 * whole log each owner and each job has a place of its own, and an append wrote a page for nearly every hold it made.
 */
export function holdBlocks(): readonly string[] {
  return (['owner', 'job'] as const).flatMap((name) => [
    `drop index hold_${name}`,
    `create index hold_${name} on hold (log_id, (idx / ${holdBlock}), ${name === 'job' ? 'job_id' : name}, idx)`,
  ]);
}
