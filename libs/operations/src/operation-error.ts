import type { RecordedDecision } from '#audit';
import type { GraphEvidence, GraphRefusal, JobState, NotSent, UnknownReason } from '#graph';
import { type Action, CodedError, type EventId } from '#kernel';
import type { Deny } from '#policy';
import type { StartVerdict } from './start-verdict.ts';

/**
 * Why an operation did not succeed. Each is already in the audit log when it is thrown, so the edge only has to tell it.
 */
export abstract class OperationError extends CodedError {
  /** The audit event that records it: a denial, or the intent whose outcome this is. */
  abstract readonly eventId: EventId | undefined;
}

/** The policy does not allow it. Nothing was sent. */
export class DeniedByPolicy extends OperationError {
  override readonly code: Deny['code'];

  constructor(
    readonly decision: Deny,
    override readonly eventId: EventId,
  ) {
    super(deniedMessage(decision));
    this.code = decision.code;
  }
}

/** Graph answered and did not do it. */
export class RefusedByGraph extends OperationError {
  override readonly code: `graph_${GraphRefusal}`;

  constructor(
    refusal: GraphRefusal,
    readonly evidence: GraphEvidence,
    override readonly eventId: EventId,
  ) {
    super(refusalMessages[refusal]);
    this.code = `graph_${refusal}`;
  }
}

/** Nothing reached Graph; asking again is safe. */
export class NotSentToGraph extends OperationError {
  override readonly code: NotSent;

  constructor(
    reason: NotSent,
    readonly evidence: GraphEvidence,
    override readonly eventId: EventId,
  ) {
    super(notSentMessages[reason]);
    this.code = reason;
  }
}

/** The request was sent and no trustworthy answer came. After a change, whether the job changed is not known yet. */
export class OutcomeUnknown extends OperationError {
  override readonly code = 'outcome_unknown';

  constructor(
    action: Action,
    readonly reason: UnknownReason,
    readonly evidence: GraphEvidence,
    override readonly eventId: EventId,
  ) {
    super(
      action === 'read'
        ? 'Microsoft Graph gave no whole answer. Nothing was changed; asking again is safe.'
        : outcomeUnknownMessage,
    );
  }
}

/** The job is not in a state in which it may be started. Graph was only asked to show it. */
export class JobNotStartable extends OperationError {
  override readonly code: 'job_running' | 'job_quarantined';

  constructor(
    verdict: Exclude<StartVerdict, { kind: 'start' }>,
    readonly state: JobState,
    override readonly eventId: EventId,
  ) {
    super(notStartableMessage(verdict, state));
    this.code = verdict.kind;
  }
}

/** The job's state could not be read, so nobody knows whether it may be started. It was not. */
export class StateUnread extends OperationError {
  override readonly code = 'state_unread';

  constructor(
    readonly evidence: GraphEvidence,
    override readonly eventId: EventId,
  ) {
    super('The state of the job could not be read, so it was not started. Asking again is safe.');
  }
}

/** The catalog has no such job. */
export class JobUnknown extends CodedError {
  readonly code = 'job_unknown';
}

/** Graph answered, but the outcome could not be recorded in time. It is being retried; success is not claimed. */
export class OutcomeUnrecorded extends OperationError {
  override readonly code = 'outcome_unrecorded';

  constructor(
    override readonly eventId: EventId,
    options: { readonly cause: unknown },
  ) {
    super(
      'Microsoft Graph answered, but the audit log could not record the outcome. Read the job to see its state.',
      options,
    );
  }
}

/** A refusal as the edge knows it: the decision to record for a request that never reached the policy. */
export function refusedDecision(denyCode: string): RecordedDecision {
  return { effect: 'deny', denyCode, trace: [] };
}

function deniedMessage(decision: Deny): string {
  switch (decision.code) {
    case 'denied_by_rule':
      return `The policy forbids this: rule "${decision.rule ?? ''}".`;
    case 'requirement_missing':
      return `Rule "${decision.rule ?? ''}" would allow this with: ${decision.unmet.join('; ')}.`;
    case 'outside_window':
      return `Rule "${decision.rule ?? ''}" would allow this at another time.`;
    case 'no_matching_rule':
      return 'No rule of the policy allows you to do this to this job.';
    case 'evaluation_error':
      return 'The policy could not be evaluated, so the request is denied.';
  }
}

function notStartableMessage(
  verdict: Exclude<StartVerdict, { kind: 'start' }>,
  { scheduleState, statusCode }: JobState,
): string {
  if (verdict.kind === 'job_running') {
    return `The job is not stopped (schedule ${shown(scheduleState)}, status ${shown(statusCode)}), so it was not started: starting a running job can stop it for good.`;
  }
  const reason = verdict.reason === undefined ? '' : ` (${verdict.reason})`;
  return `The job is in quarantine${reason}, which a start would clear. It was not started; a rule must say startQuarantined to allow it.`;
}

/** Words of Graph, as far as they are words. */
function shown(state: string): string {
  return /^[A-Za-z]{1,40}$/.test(state) ? state : 'unknown';
}

/** What callers are told of a change that nobody saw the end of. */
export const outcomeUnknownMessage =
  'The request was sent to Microsoft Graph but its outcome is not known. Read the job before you ask again; the audit log keeps this as unknown until it is reconciled.';

/** What callers are told of what Graph refused. */
export const refusalMessages: Readonly<Record<GraphRefusal, string>> = {
  not_found: 'Microsoft Graph knows no such service principal or job.',
  not_owned:
    "Interlock does not own this service principal, so Microsoft Graph refused. An administrator must add Interlock's service principal to the owners of the enterprise application (owning the app registration is not enough).",
  forbidden:
    "Microsoft Graph refused Interlock's own permission. An administrator must grant Application.ReadWrite.OwnedBy.",
  throttled: 'Microsoft Graph is throttling. Wait as long as Retry-After says.',
  unavailable: 'Microsoft Graph is unavailable; nothing was changed.',
  conflict: 'Microsoft Graph reports a conflict with another change of this job.',
  rejected: 'Microsoft Graph rejected the request that Interlock built.',
  malformed_reply: 'Microsoft Graph sent a reply that is not a provisioning job.',
};

const notSentMessages: Readonly<Record<NotSent, string>> = {
  credential_unavailable: 'Interlock has no valid credential for Microsoft Graph right now; nothing was sent.',
  connect_failed: 'Microsoft Graph cannot be reached; nothing was sent.',
  circuit_open:
    'Microsoft Graph failed so often in a row that Interlock leaves it alone for a while; nothing was sent. Wait as long as Retry-After says.',
  too_busy: 'Too many requests wait for Microsoft Graph; nothing was sent.',
  deadline_exceeded: 'There was no time left to send the request; nothing was sent.',
};
