/** Entries per block of the index of times; fixed by the index. */
export const periodBlock = 4_096;

/**
 * Migration 8: the index of times within blocks of the log. It tells at once in which blocks anything happened in a
 * period, where the index over the whole log had to be read from the period's first entry to its last.
 */
export function logPeriods(): readonly string[] {
  return [
    'drop index audit_leaf_time',
    `create index audit_leaf_period on audit_leaf (log_id, (idx / ${periodBlock}), time)`,
  ];
}
