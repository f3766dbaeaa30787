import type { JobId, ServicePrincipalId } from '#kernel';
import type { Coverage, JobIndex } from '../conditions/job.ts';
import type { CatalogEntry } from '../job-catalog.ts';

/** A job; without `jobId` any job of the service principal that has no entry of its own. */
export interface KnownJob {
  readonly servicePrincipalId: ServicePrincipalId;
  readonly jobId?: JobId;
}

/** The job, or the jobs, that an entry of the catalog stands for and no other entry does. */
export function jobOf({ servicePrincipalId, jobId }: CatalogEntry): KnownJob {
  return { servicePrincipalId, ...(jobId !== undefined && { jobId }) };
}

/** Equal for the same jobs. */
export function jobKey({ servicePrincipalId, jobId }: KnownJob): string {
  return `${servicePrincipalId}/${jobId ?? '*'}`;
}

/** What a policy knows of it. */
export function coverageOf(jobs: JobIndex, { servicePrincipalId, jobId }: KnownJob): Coverage {
  return jobId === undefined ? jobs.coverageOfOthers(servicePrincipalId) : jobs.coverage(servicePrincipalId, jobId);
}
