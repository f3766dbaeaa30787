import { type CompiledRule, traceOf } from './compiled-rule.ts';
import type { RuleCondition } from './conditions/rule-condition.ts';
import type { PolicyRequest, RuleTrace } from './decision.ts';

/** What judging one rule gave, when its action, job and caller hold. */
export type Verdict =
  | { readonly kind: 'matches' }
  /** Not now, whatever the justification. */
  | { readonly kind: 'outside'; readonly failed: RuleCondition }
  /** Not with this justification: all that it lacks, at least one. */
  | { readonly kind: 'unmet'; readonly failed: readonly [RuleCondition, ...RuleCondition[]] }
  | { readonly kind: 'error'; readonly got: string };

const matches: Verdict = Object.freeze({ kind: 'matches' });

/** Judges the conditions of a rule. Does not throw: what a condition throws becomes the verdict `error`. */
export function judge(rule: CompiledRule, request: PolicyRequest): Verdict {
  let failed: [RuleCondition, ...RuleCondition[]] | undefined;
  for (const condition of rule.conditions) {
    try {
      if (condition.holds(request)) continue;
    } catch (error) {
      return { kind: 'error', got: `${nameOf(error)} while judging ${condition.name}` };
    }
    if (!condition.mendable) return { kind: 'outside', failed: condition };
    if (failed === undefined) failed = [condition];
    else failed.push(condition);
  }
  return failed === undefined ? matches : { kind: 'unmet', failed };
}

/** The trace entry of a rule that got this verdict on this request. */
export function explain(rule: CompiledRule, verdict: Verdict, request: PolicyRequest): RuleTrace {
  switch (verdict.kind) {
    case 'matches':
      return rule.traces.matched;
    case 'outside':
      return traceOf(rule, { condition: verdict.failed.name, ...verdict.failed.explain(request) });
    case 'unmet':
      return traceOf(rule, { condition: verdict.failed[0].name, ...verdict.failed[0].explain(request) });
    case 'error':
      return traceOf(rule, { condition: 'error', got: verdict.got });
  }
}

/** The class of an error only: its message may quote what the caller sent. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}
