import type { Action, Caller, EpochMillis, JobId, Justification, RateLimit, ServicePrincipalId } from '#kernel';

/** What the policy is asked. Without `jobId`: whether the caller may do this to any job of the service principal. */
export interface PolicyRequest {
  readonly caller: Caller;
  readonly action: Action;
  readonly servicePrincipalId: ServicePrincipalId;
  readonly jobId?: JobId | undefined;
  readonly justification: Justification;
  /** When the pause began that is to be prolonged: durations count from then on. */
  readonly begun?: EpochMillis | undefined;
  readonly at: EpochMillis;
}

/** The conditions of a rule, in the order in which they are judged. */
export type Condition =
  | 'action'
  | 'job'
  | 'caller'
  | 'during'
  | 'window'
  | 'reason'
  | 'ticket'
  | 'duration'
  /** Judging the rule failed. The whole request is denied. */
  | 'error';

/** One rule and, when it did not match, its first failing condition. `got` never holds text of the token. */
export interface RuleTrace {
  readonly rule: string;
  readonly effect: 'allow' | 'deny';
  readonly failed?: { readonly condition: Condition; readonly expected?: string; readonly got?: string };
}

interface Judged {
  /** Lower-case hex SHA-256 of the policy file's bytes. */
  readonly policySha256: string;
  readonly at: EpochMillis;
  /** Every rule of the policy, in file order. */
  readonly trace: readonly RuleTrace[];
  /** Those of {@link trace} that are about this action, job and caller: few, so they cost little. */
  readonly relevant: readonly RuleTrace[];
  /** How many rules `relevant` leaves out. */
  readonly elsewhere: number;
  /** The job's alias in the catalog, when it has one. */
  readonly alias?: string;
  /** Names of the policy's caller entries that the caller is. */
  readonly callers?: readonly string[];
}

export interface Allow extends Judged {
  readonly effect: 'allow';
  readonly rule: string;
  /** Present on a start when the deciding rule also lets it start a quarantined job. */
  readonly startQuarantined?: true;
  /** Present when only a break-glass rule allows it: the caller of the policy has to raise an alarm. */
  readonly breakGlass?: true;
  /** How often the deciding rule allows a caller something: whoever acts on this has to count. */
  readonly limit?: RateLimit;
}

/** Why a request is denied, as {@link Deny} tells. */
export const denyCodes = [
  'denied_by_rule',
  'requirement_missing',
  'outside_window',
  'no_matching_rule',
  'evaluation_error',
] as const;

export interface Deny extends Judged {
  readonly effect: 'deny';
  /**
   * Why. `denied_by_rule`: a deny rule matched. `requirement_missing`: a rule would allow it with a better
   * justification (`unmet` says how). `outside_window`: a rule would allow it at another time.
   * `no_matching_rule`: nothing allows it. `evaluation_error`: judging failed.
   */
  readonly code: (typeof denyCodes)[number];
  /** The rule that decided, or the one that came nearest; absent for `no_matching_rule`. */
  readonly rule?: string;
  /** For `requirement_missing`: what is missing, in plain words for the caller, such as `ticket: must match CHG[0-9]{7}`. */
  readonly unmet: readonly string[];
}

export type Decision = Allow | Deny;
