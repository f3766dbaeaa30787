import type { Branded } from './branded.ts';
import { InvalidInput } from './coded-error.ts';
import { ServicePrincipalId } from './guid.ts';

/** Id of a synchronizationJob: opaque and case-sensitive. */
export type JobId = Branded<string, 'JobId'>;

/** Names one provisioning job. */
export interface JobRef {
  readonly servicePrincipalId: ServicePrincipalId;
  readonly jobId: JobId;
}

const jobIdPattern = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){0,199}$/;

/** The text as a job id, or undefined: letters, digits, `.`, `_` and `-`, at most 200, no `..`. */
export function readJobId(text: string): JobId | undefined {
  return jobIdPattern.test(text) ? (text as JobId) : undefined;
}

/** Job reference from untrusted path segments; refuses with {@link InvalidInput} `id_malformed`. */
export function parseJobRef(servicePrincipalId: string, job: string): JobRef {
  const principal = ServicePrincipalId.parse(servicePrincipalId, 'servicePrincipalId');
  const jobId = readJobId(job);
  if (jobId === undefined) {
    throw new InvalidInput('id_malformed', 'jobId must be 1 to 200 letters, digits, ".", "_" or "-".', 'jobId');
  }
  return { servicePrincipalId: principal, jobId };
}
