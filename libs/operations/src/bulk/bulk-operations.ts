import { randomBytes } from 'node:crypto';
import {
  type AuditRecorder,
  type AuditSearch,
  type BulkAction,
  type BulkItem,
  type BulkOperation,
  type BulkSelector,
  type BulkStore,
  newEventId,
} from '#audit';
import { type Clock, type EventId, holdsRight, type JobRef } from '#kernel';
import type { Decision, JobCatalog, Policy } from '#policy';
import type { Target } from '../authorization.ts';
import type { HoldOwners } from '../holds/hold-owners.ts';
import type { JobOperations } from '../job-operations.ts';
import type { Asked } from '../job-request.ts';
import { BulkUnknown } from './bulk-error.ts';
import { BulkRecord, type ItemRecord } from './bulk-record.ts';
import { choiceOf, selectedBy } from './bulk-selection.ts';

/** How often somebody who waits for an end looks for it. */
const lookMillis = 100;

export interface BulkOperationsPorts {
  readonly policy: () => Policy;
  readonly audit: AuditRecorder;
  readonly operations: JobOperations;
  readonly owners: HoldOwners;
  readonly store: BulkStore;
  readonly search: Pick<AuditSearch, 'following'>;
  readonly clock: Clock;
  /** Tells the worker of this replica that there is work. */
  readonly onBegun: () => void;
}

/** What is asked for. */
export interface BulkRequest {
  readonly action: BulkAction;
  readonly selector: BulkSelector;
  readonly asked: Asked;
}

/** What the policy says about one target of a selector; `jobId` is absent for every job of a service principal. */
export interface JudgedTarget {
  readonly target: Target;
  readonly decision: Decision;
  /** Whether the caller may see which job it is. */
  readonly shown: boolean;
}

/** An item as its viewer may see it. */
export interface ShownItem {
  readonly item: BulkItem;
  readonly record: ItemRecord | undefined;
  readonly shown: boolean;
}

/** A bulk operation as its viewer may see it. */
export interface ShownOperation {
  readonly operation: BulkOperation;
  readonly items: readonly ShownItem[];
}

/** What callers do with bulk operations: begin them, try them dry, see how far they are. */
export class BulkOperations {
  readonly #ports: BulkOperationsPorts;

  constructor(ports: BulkOperationsPorts) {
    this.#ports = ports;
  }

  /** What the policy says about each target, without recording, storing or calling anything. */
  judge({ action, selector, asked }: BulkRequest): readonly JudgedTarget[] {
    const { operations } = this.#ports;
    return selectedBy(selector, this.#catalog).map((target) => ({
      target,
      decision: operations.judge(action, target, asked),
      shown: operations.judge('read', target, asked).effect === 'allow' && holdsRight(asked.caller, 'Jobs.Read'),
    }));
  }

  /**
   * Begins an operation: it is on record and will be carried on, by another replica if need be, when this resolves.
   * Throws as `selectedBy` and `choiceOf` do, and like a list where Graph has to be asked which jobs there are.
   */
  async begin({ action, selector, asked }: BulkRequest): Promise<EventId> {
    const { audit, clock, owners, store, onBegun } = this.#ports;
    const { request, caller, justification } = asked;
    const targets = selectedBy(selector, this.#catalog);
    const chosen = choiceOf(await this.#jobsOf(action, targets, asked), this.#catalog);
    const id = newEventId(clock.now(), randomBytes);
    await store.create({ id, action, owner: await owners.nameOf(caller) }, chosen);
    const jobs = chosen.map(({ job }) => job);
    const { index } = await audit.record({
      type: 'bulk.started',
      id,
      request,
      caller,
      action,
      justification,
      selector,
      jobs,
    });
    await store.begin(id, index);
    onBegun();
    return id;
  }

  /** Throws {@link BulkUnknown} also for one that the caller may not know about. */
  async read(id: EventId, asked: Asked): Promise<ShownOperation> {
    const { store, search, owners, operations, audit } = this.#ports;
    const operation = await store.find(id);
    if (operation?.index === undefined) throw new BulkUnknown();
    const isOwn = operation.owner === (await owners.nameOf(asked.caller));
    const mayReview = holdsRight(asked.caller, 'Audit.Read');
    if (!isOwn && !mayReview) throw new BulkUnknown();
    const [items, record] = await Promise.all([store.items(id), BulkRecord.of(id, search)]);
    if (!isOwn) {
      const { request, caller } = asked;
      await audit.record({
        type: 'audit.read',
        request,
        caller,
        view: 'operation',
        query: `id:${id}`,
        count: items.length,
      });
    }
    const shown = (job: JobRef): boolean => mayReview || operations.mayRead(job, asked);
    return {
      operation,
      items: items.map((item) => ({ item, record: record.item(item.job), shown: shown(item.job) })),
    };
  }

  /** Whether an operation ends within that time; false as well when `signal` is aborted first. */
  async endsWithin(id: EventId, millis: number, signal?: AbortSignal): Promise<boolean> {
    const { store, clock } = this.#ports;
    const until = clock.now() + millis;
    for (;;) {
      if ((await store.find(id))?.endedAt !== undefined) return true;
      if (clock.now() >= until || signal?.aborted === true) return false;
      await clock.wait(Math.min(lookMillis, Math.max(until - clock.now(), 1)), signal).catch(() => undefined);
    }
  }

  async #jobsOf(action: BulkAction, targets: readonly Target[], asked: Asked): Promise<readonly JobRef[]> {
    const jobs: JobRef[] = [];
    for (const target of targets) {
      const { servicePrincipalId, jobId } = target;
      if (jobId !== undefined) jobs.push({ servicePrincipalId, jobId });
      else jobs.push(...(await this.#ports.operations.jobsOf(action, servicePrincipalId, asked)));
    }
    return jobs;
  }

  get #catalog(): JobCatalog {
    return this.#ports.policy().catalog;
  }
}
