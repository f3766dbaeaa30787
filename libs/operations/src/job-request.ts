import type { RequestFacts } from '#audit';
import type { Caller, EpochMillis, JobRef, Justification, RequestWatch, ServicePrincipalId } from '#kernel';
import type { TellLimit } from './rate-limits.ts';

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
}

export interface ListRequest extends Asked {
  readonly servicePrincipalId: ServicePrincipalId;
}

export interface JobRequest extends Asked {
  readonly job: JobRef;
}
