import type { PolicyProblem, PolicyProblemCode } from '../file/policy-problem.ts';

/**
 * Stable reason of a finding about a file that can be used. `always_denied`: deny rules make the rule void.
 * `implied`: other rules do all that it does. `expired`: its periods are over. `never_applies`: no moment is in its
 * periods and in its windows. `covers_no_job`: "*" with an empty catalog. `too_wide`: every job, without saying that
 * this is meant. `break_glass_without_reason`: any single character would do. `unused_caller`: no rule names it.
 * `unused_job`: no rule allows anything about it.
 */
export type LintCode =
  | 'always_denied'
  | 'implied'
  | 'expired'
  | 'never_applies'
  | 'covers_no_job'
  | 'too_wide'
  | 'break_glass_without_reason'
  | 'unused_caller'
  | 'unused_job';

/** `error`: the broker refuses the file. `warning`: it does not do what it seems to. `note`: worth a look. */
export type Severity = 'error' | 'warning' | 'note';

/** What lint found, where, and what to do about it. */
export interface Finding extends Omit<PolicyProblem, 'code'> {
  readonly code: PolicyProblemCode | LintCode;
  readonly severity: Severity;
  readonly advice: string;
}

/** A finding whose place is not known yet. */
export interface Remark {
  readonly path: readonly (string | number)[];
  readonly at: 'key' | 'value';
  readonly code: LintCode;
  readonly severity: Exclude<Severity, 'error'>;
  readonly message: string;
  readonly advice: string;
}
