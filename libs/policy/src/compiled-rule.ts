import { type Action, actions, type RateLimit } from '#kernel';
import type { JobSelection } from './conditions/job.ts';
import type { RuleCondition } from './conditions/rule-condition.ts';
import type { RuleTrace } from './decision.ts';

/** A rule ready to be judged. */
export interface CompiledRule {
  readonly id: string;
  readonly effect: 'allow' | 'deny';
  readonly actions: readonly Action[];
  readonly jobs: JobSelection;
  /** Absent: everyone (deny only). */
  readonly callers?: ReadonlySet<string>;
  /** Judged one after the other, once action, job and caller hold. */
  readonly conditions: readonly RuleCondition[];
  /** Only on an allow rule about `start`. */
  readonly startQuarantined?: true;
  /** Only on an allow rule about changes: its use raises an alarm. */
  readonly breakGlass?: true;
  /** Only on an allow rule: for each caller. */
  readonly limit?: RateLimit;
  readonly traces: StaticTraces;
}

/** The trace entries of a rule that say the same for every request; made once and shared by all decisions. */
export interface StaticTraces {
  readonly matched: RuleTrace;
  readonly action: Readonly<Record<Action, RuleTrace>>;
  readonly job: RuleTrace;
  readonly caller: RuleTrace;
}

/** The parts of a rule that its static trace entries are made of, as the file has them. */
export interface TracedRule {
  readonly id: string;
  readonly effect: 'allow' | 'deny';
  readonly actions: readonly Action[];
  /** Absent: any job at all. */
  readonly jobs?: readonly string[];
  /** Absent: everyone. */
  readonly callers?: readonly string[];
}

export function staticTraces(rule: TracedRule): StaticTraces {
  const trace = (failed?: RuleTrace['failed']) => traceOf(rule, failed);
  const wrongAction = (got: Action) => trace({ condition: 'action', expected: listed(rule.actions), got });
  return {
    matched: trace(),
    action: Object.fromEntries(actions.map((got) => [got, wrongAction(got)])) as Record<Action, RuleTrace>,
    job: trace({ condition: 'job', expected: listed(rule.jobs ?? ['*']) }),
    caller: trace({ condition: 'caller', expected: listed(rule.callers ?? ['*']) }),
  };
}

/** A frozen trace entry. */
export function traceOf(rule: Pick<CompiledRule, 'id' | 'effect'>, failed?: RuleTrace['failed']): RuleTrace {
  const { id, effect } = rule;
  return Object.freeze(
    failed === undefined ? { rule: id, effect } : { rule: id, effect, failed: Object.freeze(failed) },
  );
}

/** A trace is recorded with each decision: a list of hundreds would be paid for every time. */
function listed(names: readonly string[]): string {
  const shown = 10;
  const rest = names.length - shown;
  return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : names.join(', ');
}
