import type { CompiledRule } from './compiled-rule.ts';
import type { RuleCondition } from './conditions/rule-condition.ts';
import type { Allow, Deny, PolicyRequest } from './decision.ts';
import type { Verdict } from './verdict.ts';

/** How a decision turned out, without what all decisions share. */
export type Outcome = AllowOutcome | Pick<Deny, 'effect' | 'code' | 'rule' | 'unmet'>;

type AllowOutcome = Pick<Allow, 'effect' | 'rule' | 'startQuarantined' | 'breakGlass' | 'limit'>;

const nothing: readonly string[] = Object.freeze([]);

interface NearMiss {
  readonly rule: string;
  readonly lacking: readonly RuleCondition[];
}

/** Gathers the verdicts on the rules of one request, in file order, and weighs them. */
export class Tally {
  readonly #request: PolicyRequest;
  #error: string | undefined;
  #deny: string | undefined;
  #allow: CompiledRule | undefined;
  #nearest: NearMiss | undefined;
  #outside: string | undefined;

  constructor(request: PolicyRequest) {
    this.#request = request;
  }

  add(rule: CompiledRule, verdict: Verdict): void {
    if (verdict.kind === 'error') this.#error ??= rule.id;
    else if (rule.effect === 'allow') this.#addAllow(rule, verdict);
    else if (verdict.kind === 'matches') this.#deny ??= rule.id;
  }

  /** An error outweighs all, then a deny, then an allow; else the rule that came nearest explains the denial. */
  outcome(): Outcome {
    if (this.#error !== undefined) return deny('evaluation_error', this.#error);
    if (this.#deny !== undefined) return deny('denied_by_rule', this.#deny);
    if (this.#allow !== undefined) {
      const { id: rule, startQuarantined, breakGlass, limit } = this.#allow;
      const outcome: { -readonly [Name in keyof AllowOutcome]: AllowOutcome[Name] } = { effect: 'allow', rule };
      if (this.#starting && startQuarantined) outcome.startQuarantined = startQuarantined;
      if (breakGlass) outcome.breakGlass = breakGlass;
      if (limit) outcome.limit = limit;
      return outcome;
    }
    if (this.#nearest !== undefined) return deny('requirement_missing', this.#nearest.rule, this.#unmet(this.#nearest));
    if (this.#outside !== undefined) return deny('outside_window', this.#outside);
    return { effect: 'deny', code: 'no_matching_rule', unmet: nothing };
  }

  get #starting(): boolean {
    return this.#request.action === 'start';
  }

  #addAllow(rule: CompiledRule, verdict: Exclude<Verdict, { kind: 'error' }>): void {
    switch (verdict.kind) {
      case 'matches':
        if (this.#allow === undefined || this.#rank(rule) > this.#rank(this.#allow)) this.#allow = rule;
        break;
      case 'unmet':
        if (this.#nearest === undefined || verdict.failed.length < this.#nearest.lacking.length) {
          this.#nearest = { rule: rule.id, lacking: verdict.failed };
        }
        break;
      case 'outside':
        this.#outside ??= rule.id;
    }
  }

  /**
   * The first rule decides, but the order of rules must not take a right away that another one gives, nor raise an
   * alarm or count against a limit that another one spares.
   */
  #rank(rule: CompiledRule): number {
    return (this.#starting && rule.startQuarantined ? 4 : 0) + (rule.breakGlass ? 0 : 2) + (rule.limit ? 0 : 1);
  }

  #unmet({ lacking }: NearMiss): readonly string[] {
    return lacking.map((condition) => `${condition.name}: ${condition.explain(this.#request).expected}`);
  }
}

function deny(code: Deny['code'], rule: string, unmet: readonly string[] = nothing): Outcome {
  return { effect: 'deny', code, rule, unmet: Object.freeze(unmet) };
}
