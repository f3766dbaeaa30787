import type { Action } from '#kernel';
import { callerLike } from '../analysis/known-callers.ts';
import { coverageOf, type KnownJob } from '../analysis/known-jobs.ts';
import type { CallerEntry } from '../conditions/caller.ts';
import type { PolicyContent } from '../file/policy-document.ts';
import type { RuleWords } from './rule-words.ts';
import { Standings } from './standing.ts';

/** A caller of the policy that may do something at some time with some justification, and on what terms. */
export interface Able {
  readonly caller: string;
  readonly kind: CallerEntry['kind'];
  /** Any of them is enough. */
  readonly grants: readonly RuleWords[];
  /** When it is denied all the same. */
  readonly except: readonly RuleWords[];
}

/**
 * Who may do it, in the order of the file. Each caller entry is judged by itself: a person who is several callers has
 * the grants of all of them, and the denials too. The coarse rights of a token are not looked at.
 */
export function whoCan(
  document: Pick<PolicyContent, 'policy' | 'file'>,
  action: Action,
  job: KnownJob,
): readonly Able[] {
  const { index, callers } = document.policy;
  const standings = new Standings(document);
  const { rules } = coverageOf(index.jobs, job);
  return [...callers].flatMap(([caller, entry]): readonly Able[] => {
    const { grants, denials } = standings.of(index.callers.identify(callerLike([entry])).rules, action, rules);
    return grants.length === 0 ? [] : [{ caller, kind: entry.kind, grants, except: denials }];
  });
}
