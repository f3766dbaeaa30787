import type { LeaseHolder, RequestFacts } from '#audit';
import type { Caller, EpochMillis, EventId, JobRef, Justification, RequestWatch, ServicePrincipalId } from '#kernel';
import type { TellLimit } from './rate-limits.ts';

/** The bulk operation that a request is an item of, and the lease without which none of its intents is recorded. */
export interface BulkPart {
  readonly operation: EventId;
  readonly lease: LeaseHolder;
}

/** Who asks, from where and why: the same for every operation and every entry (API, timers, bulk). */
export interface Asked {
  readonly request: RequestFacts;
  readonly caller: Caller;
  readonly justification: Justification;
  /** Follows it on its way; absent when nobody waits for it. */
  readonly watch?: RequestWatch | undefined;
  /** When the pause began that is to be prolonged. */
  readonly begun?: EpochMillis;
  readonly tellLimit?: TellLimit;
  readonly part?: BulkPart;
}

export interface ListRequest extends Asked {
  readonly servicePrincipalId: ServicePrincipalId;
}

export interface JobRequest extends Asked {
  readonly job: JobRef;
}
