import type { EpochMillis } from '#kernel';
import type { Allow, Decision, RuleTrace } from './decision.ts';
import type { Outcome } from './tally.ts';

/** What a decision says besides how it turned out. */
export interface DecisionParts {
  readonly policySha256: string;
  readonly at: EpochMillis;
  readonly alias?: string | undefined;
  readonly callers?: readonly string[] | undefined;
  readonly traces: TraceMaker;
}

/** Makes traces when they are first read: of most decisions on a list only the effect is asked. */
export interface TraceMaker {
  readonly ruleCount: number;
  /** Of every rule. */
  all(): RuleTrace[];
  /** Of the rules that are about the action, job and caller. */
  relevant(): RuleTrace[];
}

/** A decision that a policy gave. Its private member is what tells it from an object that looks like one. */
class IssuedDecision {
  readonly policySha256: string;
  readonly at: EpochMillis;
  declare readonly alias?: string;
  declare readonly callers?: readonly string[];
  readonly #traces: TraceMaker;
  #trace: readonly RuleTrace[] | undefined;
  #relevant: readonly RuleTrace[] | undefined;

  constructor({ policySha256, at, alias, callers, traces }: DecisionParts) {
    this.policySha256 = policySha256;
    this.at = at;
    if (alias !== undefined) this.alias = alias;
    if (callers !== undefined) this.callers = callers;
    this.#traces = traces;
  }

  get trace(): readonly RuleTrace[] {
    return (this.#trace ??= Object.freeze(this.#traces.all()));
  }

  get relevant(): readonly RuleTrace[] {
    return (this.#relevant ??= Object.freeze(this.#traces.relevant()));
  }

  get elsewhere(): number {
    return this.#traces.ruleCount - this.relevant.length;
  }

  toJSON(): object {
    return Object.assign({}, this, { trace: this.trace });
  }

  static is(decision: Decision): boolean {
    return #traces in decision;
  }
}

/** A frozen decision of a policy. */
export function issueDecision(outcome: Outcome, parts: DecisionParts): Decision {
  return Object.freeze(Object.assign(new IssuedDecision(parts), outcome));
}

/** Throws a TypeError when the allow is not one that a policy gave: a programming error, never input. */
export function assertAllowed(decision: Decision): asserts decision is Allow {
  if (!IssuedDecision.is(decision) || decision.effect !== 'allow') throw new TypeError('not an allow of the policy');
}
