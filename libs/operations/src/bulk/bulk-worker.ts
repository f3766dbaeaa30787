import { randomUUID } from 'node:crypto';
import {
  type AuditLog,
  type AuditSearch,
  type BulkItem,
  bulkLeaseName,
  type BulkOperation,
  type BulkProgress,
  type BulkResult,
  bulkResults,
  type Lease,
  LeaseLost,
  type LeaseStore,
  recordedAsker,
  timeOfEventId,
} from '#audit';
import type { EpochMillis } from '#kernel';
import { BulkItemWork, type BulkItemWorkPorts, type LeasedOperation } from './bulk-item-work.ts';
import type { BulkPace } from './bulk-pace.ts';
import { BulkRecord } from './bulk-record.ts';

export interface BulkWorkerPorts extends BulkItemWorkPorts {
  readonly log: Pick<AuditLog, 'entry' | 'disclosedValues'>;
  readonly search: Pick<AuditSearch, 'find' | 'following'>;
  readonly leases: LeaseStore;
  readonly pace: BulkPace;
  /** Hears why work on an operation stopped; it is gone on with when its lease has ended. */
  readonly onFailure?: (operation: BulkOperation['id'], error: unknown) => void;
}

/**
 * Carries bulk operations to their end, whichever replica began them. One replica at a time works on an operation: what
 * is sent is on record under its lease first, so that a replica which was away too long sends nothing more.
 */
export class BulkWorker {
  readonly #ports: BulkWorkerPorts;
  readonly #items: BulkItemWork;
  readonly #working = new Map<BulkOperation['id'], Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(ports: BulkWorkerPorts) {
    this.#ports = ports;
    this.#items = new BulkItemWork(ports);
  }

  /** Takes up operations that nobody works on, as many as this replica has room for. Rejects when the store fails. */
  async round(): Promise<void> {
    const { store, pace } = this.#ports;
    // More than there is room for: the oldest may be under way on other replicas.
    for (const operation of await store.unended(100)) {
      if (this.#stopping.signal.aborted || this.#working.size >= pace.operations) return;
      if (this.#working.has(operation.id)) continue;
      const work = this.#takeUp(operation).finally(() => this.#working.delete(operation.id));
      this.#working.set(operation.id, work);
    }
  }

  /** Resolves when nothing is under way here. */
  async idle(): Promise<void> {
    await Promise.all(this.#working.values());
  }

  /** Begins no further item, waits for those under way and leaves the rest to others. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.idle();
  }

  async #takeUp(operation: BulkOperation): Promise<void> {
    const { leases, pace, onFailure } = this.#ports;
    try {
      if (operation.index === undefined) {
        await this.#clear(operation);
        return;
      }
      // Another owner each time: who failed waits for its own lease to end as others do.
      const lease = await leases.acquire(bulkLeaseName(operation.id), randomUUID(), pace.leaseMillis);
      if (lease === undefined) return;
      await this.#workOn(operation, operation.index, lease);
      await leases.release(lease);
    } catch (error) {
      if (!(error instanceof LeaseLost)) onFailure?.(operation.id, error);
    }
  }

  async #workOn(operation: BulkOperation, index: number, lease: Lease): Promise<void> {
    const { log, store, search, audit, clock, pace } = this.#ports;
    const entry = await log.entry(index);
    const asker = recordedAsker(entry, await log.disclosedValues(entry));
    const until = (timeOfEventId(operation.id) + pace.lifeMillis) as EpochMillis;
    // Read under the lease: what an earlier holder had on record by then is all that it ever will have.
    const record = await BulkRecord.of(operation.id, search);
    const items = [...(await store.items(operation.id))];
    await this.#workOnItems(items, record, { operation, asker, lease, until });
    if (items.some(({ progress }) => !isEnd(progress))) return;
    if (!record.ended)
      await audit.record({ type: 'bulk.ended', parent: operation.id, results: resultsOf(items) }, lease);
    await store.end(operation.id, clock.now());
    await store.forget((clock.now() - pace.keepMillis) as EpochMillis);
  }

  /** Writes what each item came to into `items`. After a failure no further item is begun. */
  async #workOnItems(items: BulkItem[], record: BulkRecord, leased: LeasedOperation): Promise<void> {
    const { leases, pace } = this.#ports;
    const waiting = items.filter(({ progress }) => !isEnd(progress)).values();
    const failed = new AbortController();
    const lane = async (): Promise<void> => {
      for (const item of waiting) {
        if (this.#stopping.signal.aborted || failed.signal.aborted) return;
        try {
          if (!(await leases.renew(leased.lease, pace.leaseMillis, 0))) throw new LeaseLost();
          const progress = await this.#items.do(item, record.item(item.job), leased);
          items[item.position] = { ...item, progress };
        } catch (error) {
          failed.abort();
          throw error;
        }
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: pace.abreast }, lane));
    const failure = lanes.find((one) => one.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }

  /** One whose caller was never told that it began: what is on record of it gets its end, and nothing is sent. */
  async #clear({ id }: BulkOperation): Promise<void> {
    const { store, search, audit, clock, pace } = this.#ports;
    if (clock.now() - timeOfEventId(id) < pace.unbegunMillis) return;
    if ((await search.find(id)) !== undefined && !(await BulkRecord.of(id, search)).ended) {
      await audit.record({ type: 'bulk.ended', parent: id, results: resultsOf(await store.items(id)) });
    }
    await store.discard(id);
  }
}

function isEnd({ state }: BulkProgress): boolean {
  return state !== 'waiting' && state !== 'in_progress';
}

function resultsOf(items: readonly BulkItem[]): Readonly<Record<BulkResult, number>> {
  const count = (result: BulkResult): number => items.filter(({ progress: { state } }) => state === result).length;
  return Object.fromEntries(bulkResults.map((result) => [result, count(result)])) as Record<BulkResult, number>;
}
