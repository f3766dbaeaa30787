import type { Caller, EventId, JobRef, Justification } from '#kernel';
import type { RequestFacts, Resource } from '../recorded-facts.ts';

/** What a bulk operation does to each of its jobs. */
export type BulkAction = 'pause' | 'start';

/** How the jobs of a bulk operation were named. */
export type BulkSelector =
  | { readonly kind: 'servicePrincipalId'; readonly servicePrincipalId: NonNullable<Resource['servicePrincipalId']> }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'aliases'; readonly aliases: readonly string[] };

/**
 * Somebody asked for something to be done to many jobs. Nothing is sent yet: each job is judged, and has a denial or an
 * intent of its own that names this event as its parent.
 */
export interface BulkStarted {
  readonly type: 'bulk.started';
  /** Its own event id, which is the id of the operation: its items are stored under it before this is recorded. */
  readonly id: EventId;
  readonly request: RequestFacts;
  readonly caller: Caller;
  readonly action: BulkAction;
  readonly justification: Justification;
  readonly selector: BulkSelector;
  /** Those that the selector meant, in the order of the items. */
  readonly jobs: readonly JobRef[];
}

/** What a bulk operation came to, as far as it was seen by its end. */
export const bulkResults = ['done', 'denied', 'failed', 'unknown', 'waiting'] as const;
export type BulkResult = (typeof bulkResults)[number];

/** Nothing more is sent for a bulk operation. */
export interface BulkEnded {
  readonly type: 'bulk.ended';
  readonly parent: EventId;
  /** How many jobs came to what; `waiting` are those that nothing was done about. */
  readonly results: Readonly<Record<BulkResult, number>>;
}
