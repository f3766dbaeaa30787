/**
 * Migration 2: indexes for the filters of reviewers that had none. Job and service principal get one each, because an
 * index over both gives the log's order only when both are asked for.
 */
export function auditSearch(): readonly string[] {
  return [
    'drop index audit_leaf_job',
    'create index audit_leaf_job on audit_leaf (log_id, job_id, idx) where job_id is not null',
    `create index audit_leaf_principal on audit_leaf (log_id, service_principal_id, idx)
      where service_principal_id is not null`,
    'create index audit_leaf_type on audit_leaf (log_id, type, idx)',
    'create index subject_object on subject (object_id)',
  ];
}
