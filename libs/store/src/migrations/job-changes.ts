/**
 * Migration 3: finds the last change of a job at once, however often the job was read since. Migration 18 puts a row per
 * job in its place.
 */
export function jobChanges(): readonly string[] {
  return [
    `create index audit_leaf_job_change on audit_leaf (log_id, service_principal_id, job_id, idx)
      where ${jobChangeCondition}`,
  ];
}

/** Which leaves are changes of a job that succeeded, whether that was seen at once or found out later. */
export const jobChangeCondition =
  "((outcome = 'success' and type in ('pause.outcome', 'start.outcome'))" +
  " or (outcome = 'applied' and type in ('pause.reconciled', 'start.reconciled')))";
