import type { Action, Caller, EpochMillis, EventId } from '#kernel';
import type { AlarmEvent } from './alarm-event.ts';
import type { LogAnchorFailed, LogAnchored } from './anchor/anchor-event.ts';
import type { BulkEnded, BulkStarted } from './bulk/bulk-event.ts';
import type { BreakGlassUsed, PolicyChanged, PolicyRead } from './policy-event.ts';
import type { MaintenanceEvent } from './privacy/maintenance-event.ts';
import type { JudgedRequest, Operation, RecordedJobState, RecordedUpstream, Resource } from './recorded-facts.ts';
import type { AuditExported, AuditRead, AuditReviewed } from './review-event.ts';
import type { SessionEvent } from './session-event.ts';

/** A request that was refused before anything was sent. Terminal. */
export interface RequestDenied extends JudgedRequest {
  readonly type: 'request.denied';
  /** HTTP status of the reply. */
  readonly status: number;
  /** Of an item the bulk operation; when a job's state decided, the intent of the read that found it, and the state. */
  readonly parent?: EventId;
  readonly before?: RecordedJobState | 'unknown';
}

/** A request that was answered with the reply to an earlier one, because both came with the same Idempotency-Key. */
export interface RequestReplayed extends JudgedRequest {
  readonly type: 'request.replayed';
  readonly caller: Caller;
  /** HTTP status of the reply. */
  readonly status: number;
  /** What the earlier request changed. */
  readonly parent?: EventId;
}

/** An allowed operation, durable before the first byte goes to Graph. */
export interface OperationIntent extends JudgedRequest {
  readonly type: `${Operation}.intent`;
  readonly caller: Caller;
  readonly action: Action;
  readonly resource: Resource;
  /** The intent that this one belongs to: the read before a pause, an item of a bulk operation. */
  readonly parent?: EventId;
  /** What the job was like before a pause or start; `unknown` when it could not be read in time. */
  readonly before?: RecordedJobState | 'unknown';
  /** The holds that a start ends. */
  readonly ends?: readonly EventId[];
}

/** A read that Interlock makes on its own account to find out what became of an intent. No caller asked for it. */
export interface OwnRead {
  readonly type: 'read.intent';
  readonly action: 'read';
  readonly resource: Resource;
  /** The intent that it is about. */
  readonly parent: EventId;
}

/** A pause or start that Interlock makes on its own account because of a hold. No caller asked for it now. */
export interface OwnChange {
  readonly type: 'pause.intent' | 'start.intent';
  readonly action: 'pause' | 'start';
  readonly resource: Resource;
  /** The hold: the intent of the pause that made it. */
  readonly parent: EventId;
  readonly before: RecordedJobState;
  /** The policy under which it is done, and the rule that lets the hold's owner pause. */
  readonly policy?: { readonly sha256: string; readonly rule?: string };
  readonly ends?: readonly EventId[];
}

/** What was observed after an intent. `unknown` is never success; a reconciliation may follow. */
export interface OperationOutcome {
  readonly type: `${Operation}.outcome`;
  readonly parent: EventId;
  readonly resource: Resource;
  readonly outcome: 'success' | 'failure' | 'unknown';
  /** Stable code of a failure, of why the outcome is unknown, or `already_paused` of a success that changed nothing. */
  readonly reason?: string;
  /** Of a job that was paused already: the intent of the pause that did it, as far as the log knows. */
  readonly pausedBy?: EventId;
  readonly upstream?: RecordedUpstream;
  readonly after?: RecordedJobState;
}

/** What Interlock asks Graph about itself: who it is there, what it may do, what it owns, whether it is there at all. */
export type SelfCheckSubject = 'principal' | 'roles' | 'ownership' | 'connection';

/** Interlock looks at its own standing at Microsoft, on nobody's behalf: durable before the first byte goes to Graph. */
export interface SelfCheckIntent {
  readonly type: 'self-check.intent';
  readonly check: SelfCheckSubject;
}

/** What was observed after the intent of a self-check. */
export interface SelfCheckOutcome {
  readonly type: 'self-check.outcome';
  readonly check: SelfCheckSubject;
  readonly parent: EventId;
  readonly outcome: 'success' | 'failure' | 'unknown';
  readonly reason?: string;
  readonly upstream?: RecordedUpstream;
  /** What is not as it should be, each as `<stable code> <subject>`; absent when all is well. */
  readonly findings?: readonly string[];
}

/** What reading the job told about an intent whose outcome nobody saw. `applied` never proves by whom. */
export type ReconciliationVerdict = 'applied' | 'not_applied' | 'inconclusive';

/** Found out later about an intent that had no outcome, or an unknown one. Terminal: an intent has at most one. */
export interface Reconciliation {
  readonly type: `${Operation}.reconciled`;
  readonly parent: EventId;
  readonly resource: Resource;
  readonly verdict: ReconciliationVerdict;
  /** Stable code of why this is the verdict. */
  readonly reason: string;
  /** As the intent has it. */
  readonly before?: RecordedJobState | 'unknown';
  /** The job as it was read afterwards, each read with its time and Graph's id; the last one decides. */
  readonly reads: readonly RecordedJobState[];
}

/** Unauthenticated requests beyond the rate that is recorded one by one, counted so that a flood cannot hide. */
export interface RequestsRefused {
  readonly type: 'requests.refused';
  readonly from: EpochMillis;
  readonly to: EpochMillis;
  /** Count per stable refusal code. */
  readonly counts: Readonly<Record<string, number>>;
}

/** The service began or ended, with what it was running. */
export interface ServiceEvent {
  readonly type: 'service.started' | 'service.stopped';
  readonly policySha256: string;
}

/** What has to be on record before anything is sent to Graph. */
export type AuditIntent = OperationIntent | OwnRead | OwnChange | SelfCheckIntent;

/**
 * Everything that may be recorded at any time. The log itself adds `log.created`, the reconciler its verdicts; what
 * happens to holds is recorded under a condition.
 */
export type AuditEvent =
  | RequestDenied
  | RequestReplayed
  | AuditIntent
  | OperationOutcome
  | SelfCheckOutcome
  | RequestsRefused
  | ServiceEvent
  | AuditRead
  | AuditExported
  | AuditReviewed
  | LogAnchored
  | LogAnchorFailed
  | MaintenanceEvent
  | PolicyChanged
  | PolicyRead
  | BreakGlassUsed
  | AlarmEvent
  | SessionEvent
  | BulkStarted
  | BulkEnded;
