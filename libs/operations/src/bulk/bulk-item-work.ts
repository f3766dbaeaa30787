import type {
  AuditRecorder,
  BulkItem,
  BulkOperation,
  BulkProgress,
  BulkStore,
  LeaseHolder,
  RecordedAsker,
} from '#audit';
import type { Clock, EpochMillis, JobRef } from '#kernel';
import type { JobOperations } from '../job-operations.ts';
import { refusedDecision } from '../operation-error.ts';
import type { ItemRecord } from './bulk-record.ts';
import { endOfFailure } from './item-end.ts';

export interface BulkItemWorkPorts {
  readonly audit: AuditRecorder;
  readonly operations: JobOperations;
  readonly store: BulkStore;
  readonly clock: Clock;
}

/** One operation that this replica holds the lease of. */
export interface LeasedOperation {
  readonly operation: BulkOperation;
  readonly asker: RecordedAsker;
  readonly lease: LeaseHolder;
  /** When nothing more is sent. */
  readonly until: EpochMillis;
}

type ItemEnd = Exclude<BulkProgress, { readonly state: 'waiting' | 'in_progress' }>;

/** Does one item, by the way of every request, or finds out what became of it under an earlier lease. */
export class BulkItemWork {
  readonly #ports: BulkItemWorkPorts;

  constructor(ports: BulkItemWorkPorts) {
    this.#ports = ports;
  }

  /**
   * Gives what the item came to. Rejects when nothing was sent for it and nothing is known: LeaseLost, AuditUnavailable
   * or a StoreError; it is for the next holder of the lease.
   */
  async do(item: BulkItem, record: ItemRecord | undefined, leased: LeasedOperation): Promise<ItemEnd> {
    const { store } = this.#ports;
    const { id } = leased.operation;
    const end = record === undefined ? await this.#request(item, leased) : endOnRecord(record);
    await store.progress(id, item.position, end);
    return end;
  }

  async #request({ position, job }: BulkItem, leased: LeasedOperation): Promise<ItemEnd> {
    const { operations, store, clock } = this.#ports;
    const { operation, lease, asker, until } = leased;
    const now = clock.now();
    if (now >= until) return this.#expired(job, leased);
    await store.progress(operation.id, position, { state: 'in_progress' });
    const request = { ...asker.request, receivedAt: now };
    try {
      const asked = { ...asker, request, job, part: { operation: operation.id, lease } };
      return { state: 'done', event: (await operations[operation.action](asked)).intent };
    } catch (error) {
      const end = endOfFailure(error);
      if (end === undefined) throw error;
      return end;
    }
  }

  /** Its own denial, so that every job of an operation is on record. */
  async #expired(job: JobRef, { operation, asker }: LeasedOperation): Promise<ItemEnd> {
    const { audit, clock } = this.#ports;
    const request = { ...asker.request, receivedAt: clock.now() };
    const { eventId } = await audit.record({
      type: 'request.denied',
      status: 409,
      parent: operation.id,
      ...asker,
      request,
      action: operation.action,
      resource: job,
      decision: refusedDecision('operation_expired'),
    });
    return { state: 'denied', code: 'operation_expired', event: eventId };
  }
}

/** What is on record of an item, however its process died. It is not asked for again, whatever became of it. */
export function endOnRecord({ event, decision, code, outcome }: ItemRecord): ItemEnd {
  if (decision === 'deny') return { state: 'denied', code: code ?? 'no_matching_rule', event };
  if (outcome === 'success' || outcome === 'applied') return { state: 'done', event };
  if (outcome === 'failure' || outcome === 'not_applied') return { state: 'failed', code: 'not_done', event };
  return { state: 'unknown', code: 'outcome_unknown', event };
}
