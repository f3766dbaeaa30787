import type { NewEntry } from '#audit';

/** The last entry that changed a job, whether that was seen at once or found out later. */
export interface JobChange {
  readonly servicePrincipalId: string;
  readonly jobId: string;
  readonly index: number;
}

/** Keeps the last change of a job: log, service principal, job, index; to be completed by what it is selected from. */
export const keepJobChange = 'insert into job_change (log_id, service_principal_id, job_id, idx)';
export const jobChangeConflict = 'on conflict (log_id, service_principal_id, job_id) do update set idx = excluded.idx';

/** The last change of each job that these entries changed; `from`: index of the first. */
export function lastChangesOf(entries: readonly NewEntry[], from: number): readonly JobChange[] {
  const last = new Map<string, JobChange>();
  let index = from;
  for (const { columns } of entries) {
    const { servicePrincipalId, jobId } = columns;
    if (servicePrincipalId !== undefined && jobId !== undefined && isJobChange(columns)) {
      last.set(`${servicePrincipalId}/${jobId}`, { servicePrincipalId, jobId, index });
    }
    index += 1;
  }
  return [...last.values()];
}

/** Whether it says that a pause or start succeeded; what the migrations call `jobChangeCondition`. */
function isJobChange({ type, outcome }: NewEntry['columns']): boolean {
  if (outcome === 'success') return type === 'pause.outcome' || type === 'start.outcome';
  return outcome === 'applied' && (type === 'pause.reconciled' || type === 'start.reconciled');
}
