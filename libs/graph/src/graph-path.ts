import type { JobRef, ServicePrincipalId } from '#kernel';

const jobsTemplate = '/v1.0/servicePrincipals/{id}/synchronization/jobs';
const jobTemplate = `${jobsTemplate}/{jobId}`;
const pauseTemplate = `${jobTemplate}/pause`;
const startTemplate = `${jobTemplate}/start`;

/** One of the paths that this library can ask for, and its template for the audit log. */
export interface GraphPath {
  readonly path: string;
  readonly template: string;
}

/** @see https://learn.microsoft.com/graph/api/synchronization-synchronization-list-jobs */
export function jobsPath(servicePrincipalId: ServicePrincipalId): GraphPath {
  return { path: pathOfJobs(servicePrincipalId), template: jobsTemplate };
}

/** @see https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-get */
export function jobPath(job: JobRef): GraphPath {
  return { path: pathOfJob(job), template: jobTemplate };
}

/** @see https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-pause */
export function pausePath(job: JobRef): GraphPath {
  return { path: `${pathOfJob(job)}/pause`, template: pauseTemplate };
}

/** @see https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-start */
export function startPath(job: JobRef): GraphPath {
  return { path: `${pathOfJob(job)}/start`, template: startTemplate };
}

function pathOfJob({ servicePrincipalId, jobId }: JobRef): string {
  return `${pathOfJobs(servicePrincipalId)}/${encodeURIComponent(jobId)}`;
}

function pathOfJobs(servicePrincipalId: ServicePrincipalId): string {
  return `/v1.0/servicePrincipals/${encodeURIComponent(servicePrincipalId)}/synchronization/jobs`;
}

/**
 * Path of a look at who owns a service principal.
 * @see https://learn.microsoft.com/graph/api/serviceprincipal-list-owners
 */
export function ownersPath(servicePrincipalId: ServicePrincipalId): string {
  return `/v1.0/servicePrincipals/${encodeURIComponent(servicePrincipalId)}/owners?$select=id,appId&$top=999`;
}

/**
 * Path and query of a next link, or undefined when it leads anywhere but to a further page of `first` on `host`: our
 * token goes along, so a link from a reply must not choose where.
 */
export function nextPagePath(link: string, host: string, first: GraphPath): string | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.protocol !== 'https:' || url.host !== host || url.username !== '' || url.password !== '') return undefined;
  const path = url.pathname.replace(/\/$/, '');
  // Only the letter case may differ, as OData services write their own.
  return path.toLowerCase() === first.path.toLowerCase() ? `${first.path}${url.search}` : undefined;
}
