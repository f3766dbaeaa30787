import { quarantineOf, stateOf, type SynchronizationJob } from '#graph';

/** Whether a job that was just read may be started, and if not, why not. */
export type StartVerdict =
  | { readonly kind: 'start' }
  /** It is not stopped, or not known to be: Microsoft warns that starting a running job can stop it for good. */
  | { readonly kind: 'job_running' }
  /** A start would clear the quarantine that Graph put it in, for instance because of too many deletions. */
  | { readonly kind: 'job_quarantined'; readonly reason?: string };

/**
 * Judges a start by the state that was read. A quarantine counts before anything else: a pause of a quarantined job must
 * not become the way around it.
 */
export function judgeStart(job: SynchronizationJob, startQuarantined: boolean): StartVerdict {
  const quarantine = quarantineOf(job);
  if (quarantine !== undefined)
    return startQuarantined ? { kind: 'start' } : { kind: 'job_quarantined', ...quarantine };
  return stateOf(job).stopped ? { kind: 'start' } : { kind: 'job_running' };
}
