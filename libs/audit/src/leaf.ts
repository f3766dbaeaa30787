import type { EventId, JobId, ServicePrincipalId } from '#kernel';
import type { IndexRun } from './privacy/maintenance-event.ts';

/** Names the form of a leaf; a change that a reader could misunderstand gets a new number. */
export const leafSchema = 'urn:interlock:audit-event:1';

export interface LeafActor {
  readonly kind: 'application' | 'user' | 'anonymous' | 'system' | 'operator';
  readonly tid?: string;
  /** Pseudonym of the principal. */
  readonly ref?: string;
  readonly app_id?: string;
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
  readonly directory_roles?: readonly string[];
}

export interface LeafAuth {
  readonly iss: string;
  readonly aud: string;
  readonly ver: string;
  readonly iat: string;
  readonly exp: string;
  readonly amr: readonly string[];
  readonly acr?: string;
  readonly jti_hash?: string;
}

export interface LeafHttp {
  readonly method: string;
  readonly route: string;
  /** Of a denial's reply. */
  readonly status?: number;
}

export interface LeafResource {
  readonly sp_id: ServicePrincipalId;
  readonly job_id?: JobId;
  readonly alias?: string;
}

export interface LeafRule {
  readonly rule: string;
  readonly effect: 'allow' | 'deny';
  readonly failed?: LeafFailure;
}

export interface LeafShadow {
  readonly decision: 'allow' | 'deny';
  readonly rule_id?: string;
  readonly deny_code?: string;
  readonly policy: { readonly sha256: string };
}

export interface LeafFailure {
  readonly condition: string;
  readonly expected?: string;
  readonly got?: string;
}

export interface LeafCorrelation {
  readonly request_id: string;
  readonly client_request_id?: string;
  readonly traceparent?: string;
  /** Digest of caller, route and Idempotency-Key. */
  readonly idem_key_hash?: string;
}

export interface LeafUpstream {
  readonly method: string;
  readonly host: string;
  readonly path_template: string;
  /** How often a request was sent. */
  readonly attempt: number;
  readonly status?: number;
  readonly error_code?: string;
  readonly graph_request_id?: string;
  readonly client_request_id?: string;
  readonly graph_date?: string;
  readonly latency_ms: number;
  readonly retry_after_ms?: number;
}

export interface LeafJobState {
  readonly status: string;
  readonly schedule_state: string;
  readonly read_at: string;
  readonly graph_request_id?: string;
}

/** What every leaf has. Its index is not in it: the position is what an inclusion proof proves. */
export interface LeafFrame {
  readonly v: 1;
  readonly schema: typeof leafSchema;
  readonly id: EventId;
  readonly code: string;
  readonly type: string;
  /** When it happened. */
  readonly time: string;
  /** When it was handed to the store. */
  readonly recorded: string;
  readonly origin: string;
  /** Replica. */
  readonly instance: string;
  readonly build: string;
}

/** What a reviewer was shown. */
export interface LeafReview {
  readonly view?: string;
  /** Of the entry that was looked at. */
  readonly index?: number;
  readonly query?: string;
  readonly format?: string;
  readonly count?: number;
  readonly complete?: boolean;
  readonly disclosed?: readonly string[];
  readonly sha256?: string;
}

/** What a leaf says of something that was done to the log itself. */
export interface LeafPrivacy {
  /** Pseudonym whose fields it is about. */
  readonly subject?: string;
  /** Number of personal fields, or of keys. */
  readonly count?: number;
  /** First and last index of each run of entries that it is about. */
  readonly entries?: readonly IndexRun[];
  readonly entries_omitted?: number;
}

/** Where a checkpoint was handed to. */
export interface LeafAnchor {
  readonly name: string;
  readonly kind: string;
  /** Of the checkpoint; absent when it was not taken. */
  readonly size?: number;
}

/** What a leaf says of the delivery of an alarm. */
export interface LeafAlarm {
  /** Name of the destination; `*` for all of them. */
  readonly destination: string;
  /** Of the alarm. */
  readonly name?: string;
  readonly attempts?: number;
  /** Names of the personal fields that go out in plain. */
  readonly disclosed?: readonly string[];
  /** Number of alarms. */
  readonly count?: number;
}

/** What a bulk operation is about: the one member that its jobs were selected by, and the jobs. */
export interface LeafBulk {
  readonly sp_id?: string;
  readonly tag?: string;
  readonly aliases?: readonly string[];
  /** Number of jobs. */
  readonly count?: number;
  /** The first of them, each as `<service principal>/<job>`. */
  readonly jobs?: readonly string[];
  /** Of all of them, in this form and with a line feed each. */
  readonly jobs_sha256?: string;
  /** At the end: how many came to what. */
  readonly results?: Readonly<Record<string, number>>;
}

/** What an event adds, by kind of event. */
export interface LeafDetails {
  readonly actor?: LeafActor;
  readonly auth?: LeafAuth;
  readonly http?: LeafHttp;
  readonly action?: string;
  readonly resource?: LeafResource;
  readonly ticket?: { readonly id: string };
  /** When a pause is to end. */
  readonly until?: string;
  readonly decision?: 'allow' | 'deny';
  readonly rule_id?: string;
  readonly deny_code?: string;
  readonly policy?: { readonly sha256: string };
  /** Rules that were about this caller, action and job. */
  readonly trace?: readonly LeafRule[];
  /** How many judged rules `trace` leaves out. */
  readonly trace_omitted?: number;
  /** Only a break-glass rule allows it. */
  readonly break_glass?: true;
  /** What the shadow policy decides otherwise. */
  readonly shadow?: LeafShadow;
  /** The policy before a change. */
  readonly previous_policy?: { readonly sha256: string };
  /** What the policy was compared with. */
  readonly candidate_policy?: { readonly sha256: string };
  readonly net?: { readonly tls?: string };
  readonly corr?: LeafCorrelation;
  readonly parent?: EventId;
  readonly before?: LeafJobState | 'unknown';
  readonly after?: LeafJobState;
  readonly upstream?: LeafUpstream;
  /** The job as a reconciliation read it, oldest first. */
  readonly reads?: readonly LeafJobState[];
  /** Of an outcome what was observed; of a reconciliation its verdict. */
  readonly outcome?: 'success' | 'failure' | 'unknown' | 'applied' | 'not_applied' | 'inconclusive';
  readonly outcome_reason?: string;
  /** Ids of the holds that a start ends. */
  readonly holds?: readonly EventId[];
  /** How a hold ended without a start, or why a session ended. */
  readonly ending?: { readonly kind: string; readonly reason?: string };
  /** Id of the intent of an earlier pause, when this one found the job paused. */
  readonly paused_by?: EventId;
  readonly period?: { readonly from: string; readonly to: string };
  readonly counts?: Readonly<Record<string, number>>;
  readonly vkey?: string;
  /** Of a log's first entry: the last good checkpoint of the log before it. */
  readonly previous?: string;
  readonly anchor?: LeafAnchor;
  readonly alarm?: LeafAlarm;
  /** What a self-check looks at. */
  readonly check?: string;
  /** What it found wrong. */
  readonly findings?: readonly string[];
  readonly review?: LeafReview;
  readonly bulk?: LeafBulk;
  readonly privacy?: LeafPrivacy;
  /** Of pruning: the first entry that is kept. */
  readonly min_index?: number;
  readonly retention?: { readonly policy_sha256: string; readonly keep_days: number };
}

/** Digests of the personal fields, as in SD-JWT (RFC 9901). */
export interface LeafDigests {
  readonly _sd?: readonly string[];
  readonly _sd_alg?: 'sha-256';
}

/** One entry of the log before it is encoded: RFC 8785 JSON of exactly these members. */
export interface Leaf extends LeafFrame, LeafDetails, LeafDigests {
  /** Something was too long for a leaf and was cut. */
  readonly truncated?: true;
}
