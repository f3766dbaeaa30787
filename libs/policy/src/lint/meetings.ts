import { callerLike } from '../analysis/known-callers.ts';
import { coverageOf, jobOf } from '../analysis/known-jobs.ts';
import type { Policy } from '../policy.ts';
import type { RuleSet } from '../rule-set.ts';

/** Which rules stand together in a request, each set once. */
export interface Meetings {
  /**
   * For each caller of the policy, and for a stranger. A person may be several callers at once, which only adds rules:
   * what other rules outweigh for each caller alone is outweighed for them too.
   */
  readonly callers: readonly RuleSet[];
  /** For single jobs. */
  readonly jobs: readonly RuleSet[];
  /** For single jobs and for "any job of this service principal". */
  readonly targets: readonly RuleSet[];
}

export function meetingsOf({ index, callers, catalog }: Policy): Meetings {
  const known = [[], ...[...callers.values()].map((entry) => [entry])].map(callerLike);
  const jobs = catalog.entries.map((entry) => coverageOf(index.jobs, jobOf(entry)).rules);
  const principals = [...catalog.principals().keys()];
  const others = principals.map((id) => index.jobs.coverageOfOthers(id).rules);
  const wholes = principals.map((id) => index.jobs.coverage(id, undefined).rules);
  const single = [...jobs, ...others, index.jobs.uncatalogued.rules];
  return {
    callers: distinct(known.map((caller) => index.callers.identify(caller).rules)),
    jobs: distinct(single),
    targets: distinct([...single, ...wholes]),
  };
}

function distinct(sets: readonly RuleSet[]): readonly RuleSet[] {
  return [...new Map(sets.map((set) => [set.key, set])).values()];
}
