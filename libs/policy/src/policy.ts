import type { Action, EpochMillis } from '#kernel';
import { type CompiledRule, traceOf } from './compiled-rule.ts';
import { ActionIndex } from './conditions/action.ts';
import { type CallerEntry, CallerIndex, type Identified } from './conditions/caller.ts';
import { JobIndex } from './conditions/job.ts';
import type { Decision, PolicyRequest, RuleTrace } from './decision.ts';
import { issueDecision, type TraceMaker } from './issued-decision.ts';
import type { JobCatalog } from './job-catalog.ts';
import { RuleSet } from './rule-set.ts';
import { type Outcome, Tally } from './tally.ts';
import { explain, judge, nameOf, type Verdict } from './verdict.ts';

/** What a policy is made of. Every name in a rule is one of `callers`, every entry one of the catalog. */
export interface PolicyParts {
  /** Lower-case hex SHA-256 of the policy file's bytes. */
  readonly sha256: string;
  readonly catalog: JobCatalog;
  readonly callers: ReadonlyMap<string, CallerEntry>;
  /** In file order. */
  readonly rules: readonly CompiledRule[];
}

/** The rules of a policy, by position, and which of them are about what. */
export interface RuleIndex {
  readonly rules: readonly CompiledRule[];
  readonly actions: ActionIndex;
  readonly jobs: JobIndex;
  readonly callers: CallerIndex;
}

/** A rule that is about the action, job and caller. */
interface JudgedRule {
  readonly index: number;
  readonly rule: CompiledRule;
  readonly verdict: Verdict;
}

/** The last millisecond that has a date. */
const maxTime = 8.64e15;

/**
 * A compiled policy: immutable, and a pure function of the request. Default deny; a matching deny rule outweighs every
 * allow; a failure while judging is a deny. It does not check the token's coarse rights (`holdsRight`): do that first.
 */
export class Policy {
  readonly sha256: string;
  readonly catalog: JobCatalog;
  /** The names in the rules, and who they stand for. */
  readonly callers: ReadonlyMap<string, CallerEntry>;
  readonly #rules: readonly CompiledRule[];
  readonly #actions: ActionIndex;
  readonly #jobs: JobIndex;
  readonly #callers: CallerIndex;
  /** Traces of requests that no rule is about the job of: what most entries of every trace are. */
  readonly #elsewhere: Readonly<Record<Action, readonly RuleTrace[]>>;

  constructor({ sha256, catalog, callers, rules }: PolicyParts) {
    this.sha256 = sha256;
    this.catalog = catalog;
    this.callers = callers;
    this.#rules = rules;
    this.#actions = new ActionIndex(rules);
    this.#jobs = new JobIndex(catalog, rules);
    this.#callers = new CallerIndex(callers, rules);
    const elsewhere = (action: Action): readonly RuleTrace[] =>
      rules.map(({ actions: about, traces }) => (about.includes(action) ? traces.job : traces.action[action]));
    this.#elsewhere = { read: elsewhere('read'), pause: elsewhere('pause'), start: elsewhere('start') };
  }

  /** Judges a request. Every rule that could matter is judged, whatever another one said. */
  evaluate(request: PolicyRequest): Decision {
    try {
      return this.#judge(snapshot(request));
    } catch (error) {
      return this.#failClosed(request.at, nameOf(error));
    }
  }

  /** Judges nothing: which rules are about a caller, a job and an action. For analyses. */
  get index(): RuleIndex {
    return { rules: this.#rules, actions: this.#actions, jobs: this.#jobs, callers: this.#callers };
  }

  #judge(request: PolicyRequest): Decision {
    const { action } = request;
    const about = this.#actions.rulesFor(action);
    const job = this.#jobs.coverage(request.servicePrincipalId, request.jobId);
    const caller = this.#callers.identify(request.caller);
    const tally = new Tally(request);
    const judged: JudgedRule[] = [];
    for (const index of RuleSet.common(about, job.rules, caller.rules)) {
      const rule = this.#rules[index];
      if (rule === undefined) throw new RangeError('a set holds a rule that the policy does not have');
      const verdict = judge(rule, request);
      judged.push({ index, rule, verdict });
      tally.add(rule, verdict);
    }
    const relevant = () => judged.map(({ rule, verdict }) => explain(rule, verdict, request));
    const all = (): RuleTrace[] => {
      const trace = this.#elsewhere[action].slice();
      for (const index of RuleSet.common(about, job.rules, job.rules)) {
        const rule = this.#rules[index];
        if (rule !== undefined) trace[index] = rule.traces.caller;
      }
      for (const { index, rule, verdict } of judged) trace[index] = explain(rule, verdict, request);
      return trace;
    };
    const traces = { ruleCount: this.#rules.length, all, relevant };
    return this.#decide(request.at, tally.outcome(), traces, job.alias, caller);
  }

  /** Action, job and caller are judged for all rules at once, so a failure there is a failure of each, the first named. */
  #failClosed(at: EpochMillis, got: string): Decision {
    const first = this.#rules[0]?.id;
    const named = first === undefined ? {} : { rule: first };
    const outcome: Outcome = { effect: 'deny', code: 'evaluation_error', unmet: Object.freeze([]), ...named };
    const all = () => this.#rules.map((rule) => traceOf(rule, { condition: 'error', got }));
    return this.#decide(at, outcome, { ruleCount: this.#rules.length, all, relevant: all });
  }

  #decide(at: EpochMillis, outcome: Outcome, traces: TraceMaker, alias?: string, caller?: Identified): Decision {
    const callers = caller !== undefined && caller.names.length > 0 ? Object.freeze(caller.names) : undefined;
    return issueDecision(outcome, { policySha256: this.sha256, at, alias, callers, traces });
  }
}

/** What is judged is also what the trace tells later, whatever becomes of the request's object. */
function snapshot(request: PolicyRequest): PolicyRequest {
  // Comparisons with NaN are all false, which would put every freeze out of force.
  if (!(Math.abs(request.at) <= maxTime)) throw new RangeError('the request has no time');
  return { ...request, justification: { ...request.justification } };
}
