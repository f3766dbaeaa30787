import type { EpochMillis, IntentReceipt, JobId, JobRef, RequestWatch, ServicePrincipalId } from '#kernel';

/**
 * A synchronizationJob as Graph sent it, checked only for what we rely on; unknown members and enum values pass through.
 * @see https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob
 */
export interface SynchronizationJob {
  readonly id: JobId;
  readonly schedule: { readonly state: string; readonly [member: string]: unknown };
  readonly status: { readonly code: string; readonly [member: string]: unknown };
  readonly [member: string]: unknown;
}

/** What was observed of a call: for the audit log and for support. Holds no token and no body. */
export interface GraphEvidence {
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly pathTemplate: string;
  /** How often a request was sent, a look at the owners after a refusal included; 0 when nothing left us. */
  readonly attempts: number;
  readonly status?: number;
  /** Graph's `error.code`. */
  readonly errorCode?: string;
  /** Graph's `request-id` in the reply to the last attempt; like the other reply fields absent when none came. */
  readonly graphRequestId?: string;
  /** UUIDv5(intent id, attempt): ours, of the last attempt. */
  readonly clientRequestId?: string;
  readonly graphDate?: string;
  readonly latencyMs: number;
  readonly retryAfterMs?: number;
}

/** Graph answered and certainly did not do it. */
export type GraphRefusal =
  /** 404: no such service principal or job. */
  | 'not_found'
  /** 401 though the token is new: our service principal does not own the target (Graph says `UnknownError`). */
  | 'not_owned'
  /** 403, or a 401 although we own the target or may not even see its owners: our credential lacks the permission. */
  | 'forbidden'
  /** 429. */
  | 'throttled'
  /** 503 in Graph's words; for a read any 5xx; or a 401 when no new token could be had to ask again. Nothing was applied. */
  | 'unavailable'
  /** 409 or 423. */
  | 'conflict'
  /** A redirect or any other 4xx: our own request was wrong, or it was not Graph that answered. */
  | 'rejected'
  /** A success that is not what Graph documents: its body, its page links, its status (reads only). */
  | 'malformed_reply';

/** Nothing reached Graph. */
export type NotSent =
  | 'credential_unavailable'
  | 'connect_failed'
  | 'deadline_exceeded'
  /** Graph failed so often in a row that it is left alone for a while; `retryAfterMs` of the evidence says how long. */
  | 'circuit_open'
  /** More requests wait for Graph than may wait. */
  | 'too_busy';

/**
 * The request was sent and no trustworthy answer came: it may or may not have been applied. `server_error` is a 5xx
 * other than Graph's own 503, or a success other than the documented one, to a request that changes something.
 */
export type UnknownReason = 'timeout' | 'connection_lost' | 'server_error';

/** What came of a call. `unknown` is never success. */
export type GraphResult<Value> =
  | { readonly kind: 'done'; readonly value: Value; readonly evidence: GraphEvidence }
  | { readonly kind: 'refused'; readonly refusal: GraphRefusal; readonly evidence: GraphEvidence }
  | { readonly kind: 'not_sent'; readonly reason: NotSent; readonly evidence: GraphEvidence }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly evidence: GraphEvidence };

/** The permission to call: each method refuses a receipt that the audit log did not issue. */
export interface GraphCall {
  readonly receipt: IntentReceipt;
  /** When to give up; an unfinished call then ends as `unknown` (sent) or `not_sent`. */
  readonly deadline: EpochMillis;
  /** Of the request for which the call is made; hears of each attempt. */
  readonly watch?: RequestWatch | undefined;
}

/** The jobs of a service principal, with Graph's own `@odata.context`. */
export interface JobList {
  readonly context?: string;
  readonly jobs: readonly SynchronizationJob[];
}

/** The only door to Microsoft Graph: a fixed set of calls whose URLs are built from validated parts. */
export abstract class GraphGateway {
  abstract list(servicePrincipalId: ServicePrincipalId, call: GraphCall): Promise<GraphResult<JobList>>;
  abstract get(job: JobRef, call: GraphCall): Promise<GraphResult<SynchronizationJob>>;
  /** Asks Graph to pause; 204 means accepted, the cycle under way still finishes. */
  abstract pause(job: JobRef, call: GraphCall): Promise<GraphResult<undefined>>;
  /**
   * Asks Graph to start a job: it goes on where it was paused, and a quarantine is cleared. Only for a job that was just
   * read as stopped or quarantined: Microsoft warns against starting a running one. Sent again only when Graph certainly
   * did nothing.
   * @see https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-start
   */
  abstract start(job: JobRef, call: GraphCall): Promise<GraphResult<undefined>>;
}
