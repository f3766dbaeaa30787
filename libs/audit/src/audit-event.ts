import type { Action, Caller, EpochMillis, EventId, JobId, Justification, ServicePrincipalId } from '#kernel';
import type { MaintenanceEvent } from './privacy/maintenance-event.ts';
import type { LogAnchored, LogAnchorFailed } from './anchor/anchor-event.ts';

/** Where a request came from and how to find it again. `ip` and `userAgent` are personal: digests in the leaf. */
export interface RequestFacts {
  /** Our id of the request, as answered in `request-id`. */
  readonly requestId: string;
  readonly clientRequestId?: string;
  /** W3C Trace Context, as received. */
  readonly traceparent?: string;
  readonly receivedAt: EpochMillis;
  readonly method: string;
  /** The matched route's template, or `unknown`; never the raw path or query. */
  readonly route: string;
  /** The peer's address; behind trusted proxies the first address that is not one of them. */
  readonly ip: string;
  /** Addresses that proxies named, nearest last. */
  readonly forwarded?: readonly string[];
  readonly userAgent?: string;
  /** Protocol version of the TLS connection, when the broker terminates TLS itself. */
  readonly tls?: string;
}

/** What an action was asked of: a service principal's jobs (list) or one of them. */
export interface Resource {
  readonly servicePrincipalId: ServicePrincipalId;
  readonly jobId?: JobId;
  /** Alias in the policy's catalog. */
  readonly alias?: string;
}

/** One judged rule: why it did not match, when it did not. */
export interface RecordedRule {
  readonly rule: string;
  readonly effect: 'allow' | 'deny';
  readonly failed?: { readonly condition: string; readonly expected?: string; readonly got?: string };
}

/** How a request was judged. Allows and denials carry the same fields. */
export interface RecordedDecision {
  readonly effect: 'allow' | 'deny';
  /** The deciding rule; absent when no rule decided. */
  readonly rule?: string;
  /** Stable reason of a denial, such as `no_matching_rule` or `insufficient_scope`. */
  readonly denyCode?: string;
  /** Lower-case hex SHA-256 of the policy file's bytes; absent when the policy was not reached. */
  readonly policySha256?: string;
  readonly trace: readonly RecordedRule[];
  /** Only a break-glass rule allows it. */
  readonly breakGlass?: true;
  /** What the shadow policy would have decided, where that is something else. It never decides anything. */
  readonly shadow?: RecordedShadow;
}

/** The other decision of a shadow policy. */
export interface RecordedShadow {
  readonly effect: 'allow' | 'deny';
  readonly rule?: string;
  readonly denyCode?: string;
  readonly policySha256: string;
}

/** A job's state as read from Graph; raw values, so that new ones are kept. */
export interface RecordedJobState {
  readonly scheduleState: string;
  readonly statusCode: string;
  readonly readAt: EpochMillis;
  /** Graph's `request-id` of the read. */
  readonly graphRequestId?: string;
}

/** What happened between us and Graph. */
export interface RecordedUpstream {
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly pathTemplate: string;
  readonly attempts: number;
  readonly status?: number;
  readonly errorCode?: string;
  readonly graphRequestId?: string;
  /** `client-request-id` of the last attempt. */
  readonly clientRequestId?: string;
  readonly graphDate?: string;
  readonly latencyMs: number;
  readonly retryAfterMs?: number;
}

/** The operation a request asks for: `list` and `read` are both the action `read`. */
export type Operation = 'list' | 'read' | 'pause' | 'start';

/** What an intent and a denial share: who asked what, why, from where, and how it was judged. */
export interface JudgedRequest {
  readonly request: RequestFacts;
  /** Absent only in the denial of a request that could not be authenticated. */
  readonly caller?: Caller;
  /** Absent when the request named none, such as an unknown route. */
  readonly action?: Action;
  readonly resource?: Resource;
  readonly justification?: Justification;
  readonly decision: RecordedDecision;
}

/** A request that was refused before anything was sent. Terminal. */
export interface RequestDenied extends JudgedRequest {
  readonly type: 'request.denied';
  /** HTTP status of the reply. */
  readonly status: number;
  /** When a job's state decided: the intent of the read that found it, and the state. */
  readonly parent?: EventId;
  readonly before?: RecordedJobState | 'unknown';
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

/** Another policy came into force: recorded before it judges anything. */
export interface PolicyChanged {
  readonly type: 'policy.changed';
  /** The one that was in force, lower-case hex SHA-256 of the file's bytes as below. */
  readonly previousSha256: string;
  readonly policySha256: string;
}

/** What of the policy was asked for. */
export type PolicyView = 'rules' | 'text' | 'explain' | 'who-can' | 'diff';

/** Somebody read the policy in force, or asked it what it would decide. */
export interface PolicyRead {
  readonly type: 'policy.read';
  readonly request: RequestFacts;
  readonly caller: Caller;
  readonly view: PolicyView;
  readonly policySha256: string;
  /** Of a question: what it was about. */
  readonly action?: Action;
  readonly resource?: Resource;
  /** Of a diff: what the policy in force was compared with. */
  readonly candidateSha256?: string;
}

/** An alarm: a break-glass rule was used. Recorded before the intent, so that no glass breaks unheard. */
export interface BreakGlassUsed extends JudgedRequest {
  readonly type: 'policy.break_glass_used';
  readonly caller: Caller;
  readonly action: Action;
  readonly resource: Resource;
}

/** What of the log was shown to a reviewer. */
export type AuditView = 'operations' | 'operation' | 'events' | 'event' | 'entries' | 'export' | 'evidence';

/** A reviewer read the log. An export or a bundle is recorded before its first byte is sent, without the count. */
export interface AuditRead {
  readonly type: 'audit.read';
  readonly request: RequestFacts;
  readonly caller: Caller;
  readonly view: AuditView;
  /** The query's own text. Object ids have been replaced by pseudonyms. */
  readonly query: string;
  /** How many operations or entries were given out. */
  readonly count?: number;
  readonly format?: 'ndjson' | 'csv';
  /** Names of the personal fields that were shown in clear. */
  readonly disclosed?: readonly string[];
  /** Why, in the reviewer's words; personal, so only its digest enters the leaf. */
  readonly purpose?: string;
}

/** How an export or a bundle ended: how many entries left the service. */
export interface AuditExported {
  readonly type: 'audit.exported';
  /** The `audit.read` that announced it. */
  readonly parent: EventId;
  readonly count: number;
  /** Whether the receiver took all of it, with the signed count at its end. */
  readonly complete: boolean;
  /** Of a complete bundle, in lower-case hex. */
  readonly sha256?: string;
}

/** What has to be on record before anything is sent to Graph. */
export type AuditIntent = OperationIntent | OwnRead | OwnChange | SelfCheckIntent;

/**
 * Everything that may be recorded at any time. The log itself adds `log.created`, the reconciler its verdicts; what
 * happens to holds is recorded under a condition.
 */
export type AuditEvent =
  | RequestDenied
  | AuditIntent
  | OperationOutcome
  | SelfCheckOutcome
  | RequestsRefused
  | ServiceEvent
  | AuditRead
  | AuditExported
  | LogAnchored
  | LogAnchorFailed
  | MaintenanceEvent
  | PolicyChanged
  | PolicyRead
  | BreakGlassUsed;
