import type { Action, EpochMillis, JobId } from '#kernel';
import { callerLike } from '../analysis/known-callers.ts';
import type { CompiledRule } from '../compiled-rule.ts';
import type { PolicyRequest } from '../decision.ts';

/** A rule as far as it bears on an action, in words. */
export interface RuleWords {
  readonly rule: string;
  /** What the justification must have, such as `ticket: must match CHG[0-9]{7}`. */
  readonly needs: readonly string[];
  /** When it applies, such as `window: 08:00 to 18:00 in Europe/Berlin`; empty: at any time. */
  readonly when: readonly string[];
  readonly startQuarantined?: true;
  readonly breakGlass?: true;
  /** How often, such as `30 requests in 60 s`. */
  readonly limit?: string;
}

const caller = callerLike([]);

/** What the rule says of the action to somebody and something that it is about. */
export function wordsOf(rule: CompiledRule, action: Action): RuleWords {
  const nothing: PolicyRequest = {
    caller,
    action,
    servicePrincipalId: '' as PolicyRequest['servicePrincipalId'],
    jobId: '' as JobId,
    justification: {},
    at: 0 as EpochMillis,
  };
  const needs: string[] = [];
  const when: string[] = [];
  for (const condition of rule.conditions) {
    // What nothing at all satisfies is not asked of this action.
    if (condition.mendable && condition.holds(nothing)) continue;
    (condition.mendable ? needs : when).push(`${condition.name}: ${condition.explain(nothing).expected}`);
  }
  const { startQuarantined, breakGlass, limit } = rule;
  return {
    rule: rule.id,
    needs,
    when,
    ...(action === 'start' && startQuarantined && { startQuarantined }),
    ...(breakGlass && { breakGlass }),
    ...(limit && { limit: `${limit.requests} requests in ${limit.perMillis / 1_000} s` }),
  };
}
