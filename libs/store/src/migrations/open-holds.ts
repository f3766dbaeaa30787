/** Which holds count. Repeated by queries in these very words, so that a planner sees that the index covers them. */
export const openCondition =
  "(state = 'pausing' or state = 'pause_unknown' or state = 'held' or state = 'resuming' or state = 'resume_unknown')";

/**
 * Migration 15: the index of open holds with its condition as single comparisons. For a list of more than two values
 * SQLite fills a temporary table, each time that it looks whether a row belongs into the index.
 */
export function openHolds(): readonly string[] {
  return [
    'drop index hold_open',
    `create index hold_open on hold (log_id, service_principal_id, job_id) where ${openCondition}`,
  ];
}
