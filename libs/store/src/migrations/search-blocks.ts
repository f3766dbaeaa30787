/** Entries per block of the indexes of {@link searchedColumns}; fixed by the indexes. */
export const searchBlock = 1_024;

/** The columns that reviewers filter by. */
const searchedColumns = [
  'actor',
  'application',
  'action',
  'request_id',
  'client_request_id',
  'ticket',
  'rule',
  'decision',
  'outcome',
] as const;

/**
 * Migration 12: the indexes of filters within blocks of the log, as the index of times is. New entries then go to the
 * few pages of the last block. An index over the whole log has a place of its own for each value, and an append writes
 * a page for each of them: two thirds of all pages that it wrote.
 */
export function searchBlocks(): readonly string[] {
  return [
    ...searchedColumns.flatMap((column) => within(column, column)),
    ...within('job', 'job_id'),
    ...within('principal', 'service_principal_id'),
    'drop index audit_leaf_type',
    `create index audit_leaf_type on audit_leaf (log_id, (idx / ${searchBlock}), type, idx)`,
  ];
}

function within(name: string, column: string): readonly string[] {
  return [
    `drop index audit_leaf_${name}`,
    `create index audit_leaf_${name} on audit_leaf (log_id, (idx / ${searchBlock}), ${column}, idx)
      where ${column} is not null`,
  ];
}
