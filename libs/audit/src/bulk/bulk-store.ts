import type { EpochMillis, EventId, JobRef } from '#kernel';
import type { BulkAction } from './bulk-event.ts';

/** A bulk operation as it is kept. Nothing personal: who asked and why is read from its entry in the log. */
export interface BulkOperation {
  /** Also the event id of its `bulk.started`. */
  readonly id: EventId;
  readonly action: BulkAction;
  /** Pseudonym of the caller. */
  readonly owner: string;
  /** Index of its entry; absent until that is on record, and nothing is done before. */
  readonly index?: number;
  readonly endedAt?: EpochMillis;
}

/**
 * How far an item is. `unknown`: nobody saw what Graph did; the log says what is found out later. `event` is its intent,
 * or the denial.
 */
export type BulkProgress =
  | { readonly state: 'waiting' | 'in_progress' }
  | { readonly state: 'done'; readonly event: EventId }
  | {
      readonly state: 'denied' | 'failed' | 'unknown';
      readonly event?: EventId;
      /** Stable reason. */
      readonly code: string;
      /** For the caller; without names of people. */
      readonly detail?: string;
    };

/** One job of a bulk operation. */
export interface BulkItem {
  /** From 0, in the order of the selection. */
  readonly position: number;
  readonly job: JobRef;
  readonly alias?: string;
  readonly progress: BulkProgress;
}

/** What is chosen before anything was done about it. */
export type BulkChoice = Pick<BulkItem, 'job' | 'alias'>;

/**
 * Keeps the bulk operations of one log and how far each item is, so that another process can go on with them. What was
 * sent is not decided by it: that is on record, fenced by the lease of the operation.
 */
export abstract class BulkStore {
  /** Keeps an operation with its items, in one transaction. */
  abstract create(
    operation: Pick<BulkOperation, 'id' | 'action' | 'owner'>,
    jobs: readonly BulkChoice[],
  ): Promise<void>;

  /** Its entry is on record: it may be worked on. */
  abstract begin(id: EventId, index: number): Promise<void>;

  /** Takes back one that was not begun. */
  abstract discard(id: EventId): Promise<void>;

  abstract find(id: EventId): Promise<BulkOperation | undefined>;

  /** Its items in order. */
  abstract items(id: EventId): Promise<readonly BulkItem[]>;

  /** Those that have not ended, oldest first. */
  abstract unended(limit: number): Promise<readonly BulkOperation[]>;

  /** Changes an item, unless it has come to its end already. */
  abstract progress(id: EventId, position: number, progress: BulkProgress): Promise<void>;

  abstract end(id: EventId, at: EpochMillis): Promise<void>;

  /** Forgets, with their leases, those that ended before that time. */
  abstract forget(before: EpochMillis): Promise<void>;
}

/** Name of the lease under which an operation is worked on. */
export function bulkLeaseName(id: EventId): string {
  return `bulk ${id}`;
}
