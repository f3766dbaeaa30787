import type { Condition, PolicyRequest } from '../decision.ts';

/** What a failing condition tells the trace. */
export interface Explanation {
  /** For the conditions on the justification these words, after the field's name, are also told to the caller. */
  readonly expected: string;
  readonly got: string;
}

/**
 * A condition that is judged rule by rule. Action, job and caller are not among these: they are judged for all rules at
 * once, by sets. Both methods depend on the request alone. What `holds` throws denies the whole request.
 */
export interface RuleCondition {
  readonly name: Condition;
  /** Whether a better justification can make it hold. */
  readonly mendable: boolean;
  holds(request: PolicyRequest): boolean;
  /** Why it does not hold. Asked only for a request for which it does not. */
  explain(request: PolicyRequest): Explanation;
}
