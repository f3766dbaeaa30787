import {
  type Action,
  type EpochMillis,
  InvalidInput,
  type JobId,
  type Justification,
  parseJobRef,
  readJobId,
} from '#kernel';
import { callerLike } from '../analysis/known-callers.ts';
import { jobOf, type KnownJob } from '../analysis/known-jobs.ts';
import type { Decision } from '../decision.ts';
import { quote } from '../file/policy-problem.ts';
import type { JobCatalog } from '../job-catalog.ts';
import type { Policy } from '../policy.ts';

/** Something to ask a policy, in the policy's own names. */
export interface Question {
  /** Names of caller entries: several for a person that is all of them, none for somebody the policy does not know. */
  readonly callers: readonly string[];
  readonly action: Action;
  /** An alias of the catalog, or `servicePrincipalId/jobId`. */
  readonly job: string;
  readonly justification: Justification;
  readonly at: EpochMillis;
}

/**
 * How the policy judges it, the coarse rights of a token apart. An alias of a whole service principal is asked about as
 * a job of it that has no entry of its own. Throws {@link InvalidInput} for names that the policy lacks.
 */
export function explain(policy: Policy, { callers, action, job, justification, at }: Question): Decision {
  const { servicePrincipalId, jobId = otherJob(policy.catalog) } = jobNamed(policy.catalog, job);
  const caller = callerLike(entriesNamed(policy, callers));
  return policy.evaluate({ caller, action, servicePrincipalId, jobId, justification, at });
}

/** The job of an alias, or of `servicePrincipalId/jobId`; throws {@link InvalidInput}. */
export function jobNamed(catalog: JobCatalog, name: string): KnownJob {
  const [servicePrincipalId = '', jobId, ...more] = name.split('/');
  if (jobId !== undefined && more.length === 0) return parseJobRef(servicePrincipalId, jobId);
  const entry = catalog.entry(name);
  if (entry === undefined) throw unknown('job', name);
  return jobOf(entry);
}

function entriesNamed({ callers }: Policy, names: readonly string[]) {
  return names.map((name) => {
    const entry = callers.get(name);
    if (entry === undefined) throw unknown('caller', name);
    return entry;
  });
}

/** An id that no entry has. */
function otherJob(catalog: JobCatalog): JobId {
  const taken = new Set<string | undefined>(catalog.entries.map(({ jobId }) => jobId));
  for (let number = 0; ; number++) {
    const id = readJobId(`other-${number}`);
    if (id !== undefined && !taken.has(id)) return id;
  }
}

function unknown(field: 'job' | 'caller', name: string): InvalidInput {
  return new InvalidInput('field_invalid', `The policy has no ${field} ${quote(name)}.`, field);
}
