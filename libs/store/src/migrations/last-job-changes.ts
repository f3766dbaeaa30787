import type { Dialect, Words } from './dialect.ts';
import { jobChangeCondition } from './job-changes.ts';

/**
 * Migration 18: the last change of each job as a row that appends overwrite, in place of an index of all changes. The
 * index had a place for each job that grew with the log, so that nearly every outcome changed a page of its own.
 */
export function lastJobChanges(_dialect: Dialect, { integer, text, narrowTableEnd }: Words): readonly string[] {
  return [
    `create table job_change (
      log_id integer not null references audit_head (log_id),
      service_principal_id ${text} not null,
      job_id ${text} not null,
      idx ${integer} not null,
      primary key (log_id, service_principal_id, job_id)
    ) ${narrowTableEnd}`,
    `insert into job_change (log_id, service_principal_id, job_id, idx)
      select log_id, service_principal_id, job_id, max(idx) from audit_leaf
      where ${jobChangeCondition} and service_principal_id is not null and job_id is not null
      group by log_id, service_principal_id, job_id`,
    'drop index audit_leaf_job_change',
  ];
}
