import type { Action, Caller, EpochMillis, JobId, Justification, ServicePrincipalId } from '#kernel';
import type { ClaimHolder } from './claim-store.ts';

/** Where a request came from and how to find it again. `ip` and `userAgent` are personal: digests in the leaf. */
export interface RequestFacts {
  /** Our id of the request, as answered in `request-id`. */
  readonly requestId: string;
  readonly clientRequestId?: string;
  /** W3C Trace Context, as received. */
  readonly traceparent?: string;
  /** The claim of a request that came with an Idempotency-Key. */
  readonly claim?: ClaimHolder;
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

/** A rule that was about the request: why it did not match, when it did not. */
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
  /** Rules that were about this caller, action and job. */
  readonly trace: readonly RecordedRule[];
  /** How many other rules the policy has; none when absent. */
  readonly elsewhere?: number;
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
