import type { AuditLog } from '#audit';
import { type GraphCall, GraphGateway, type GraphResult, type SynchronizationJob } from '#graph';
import type { JobRef } from '#kernel';
import {
  BulkOperations,
  type BulkPace,
  type BulkRequest,
  BulkWorker,
  HoldOwners,
  JobOperations,
  OutcomeRecorder,
  usualBulkPace,
} from '#operations';
import { type Policy, readPolicy } from '#policy';
import { openStore, type Store } from '#store';
import { MemoryHistory, someApplication, someEvidence, someJob, someRequest } from '#testing';
import { TestLog } from '../store/audit-logs.ts';

/** The service principal of all jobs here. */
export const principal = 'd0000000-0000-4000-8000-000000000001';

/** What was sent, whoever sent it, and whether it is answered yet. */
export class SlowGraph extends GraphGateway {
  readonly paused: string[] = [];
  /** What a read of a job shows. */
  shows: 'Active' | 'Paused' = 'Active';
  #waiters: { readonly count: number; readonly resolve: () => void }[] = [];
  #gate = Promise.resolve();

  constructor(readonly ids: readonly string[]) {
    super();
  }

  /** From here on nothing is answered, until what this gives is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#gate = promise.then(() => undefined);
    return () => {
      resolve(undefined);
    };
  }

  answerAgain(): void {
    this.#gate = Promise.resolve();
  }

  /** Resolves when so many pauses have arrived. */
  whenPaused(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push({ count, resolve });
      this.#notify();
    });
  }

  override list(): Promise<GraphResult<{ readonly jobs: readonly SynchronizationJob[] }>> {
    return Promise.resolve({
      kind: 'done',
      value: { jobs: this.ids.map((id) => someJob(id)) },
      evidence: someEvidence,
    });
  }

  override get({ jobId }: JobRef): Promise<GraphResult<SynchronizationJob>> {
    return Promise.resolve({ kind: 'done', value: someJob(jobId, this.shows), evidence: someEvidence });
  }

  override async pause({ jobId }: JobRef, _: GraphCall): Promise<GraphResult<undefined>> {
    this.paused.push(jobId);
    this.#notify();
    await this.#gate;
    return { kind: 'done', value: undefined, evidence: someEvidence };
  }

  override start(): Promise<never> {
    return Promise.reject(new Error('nobody starts'));
  }

  #notify(): void {
    this.#waiters = this.#waiters.filter(({ count, resolve }) => {
      if (this.paused.length < count) return true;
      resolve();
      return false;
    });
  }
}

/** One replica, as far as bulk operations go. */
export interface BulkReplica {
  readonly audit: AuditLog;
  readonly store: Store;
  readonly operations: JobOperations;
  readonly bulk: BulkOperations;
  readonly worker: BulkWorker;
  readonly failures: unknown[];
}

/** Two replicas of one log in a database. */
export class BulkReplicas {
  readonly log: TestLog;
  policy: Policy;
  readonly #opened: BulkReplica[] = [];

  constructor(
    readonly url: string,
    readonly graph: SlowGraph,
    name: string,
  ) {
    this.log = new TestLog(`broker.example/audit/${name}`);
    this.policy = policyOf(['pause', 'read']);
  }

  /** Shares the store of another replica where the database has one process. */
  async open(pace: Partial<BulkPace> = {}): Promise<BulkReplica> {
    const { log, graph } = this;
    const first = this.#opened[0]?.store;
    const store = first !== undefined && this.url.startsWith('sqlite') ? first : await openStore(this.url, log.clock);
    const audit = await log.open(store.log(log.origin), `replica-${this.#opened.length}`);
    const { clock } = log;
    const policy = () => this.policy;
    const owners = new HoldOwners(audit);
    const path = { audit, outcomes: new OutcomeRecorder(audit, clock), graph, clock, policy, owners };
    const holds = store.holds(log.origin);
    const operations = new JobOperations({ ...path, holds, history: new MemoryHistory(), readBeforePause: false });
    const failures: unknown[] = [];
    const ports = { audit, clock, operations, store: store.bulk(log.origin), search: store.search(log.origin) };
    const worker = new BulkWorker({
      ...ports,
      log: audit,
      leases: store.leases,
      pace: { ...usualBulkPace, ...pace },
      onFailure: (_, error) => failures.push(error),
    });
    const bulk = new BulkOperations({ ...ports, policy, owners, onBegun: () => undefined });
    const replica = { audit, store, operations, bulk, worker, failures };
    this.#opened.push(replica);
    return replica;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map(({ worker }) => worker.close()));
    await Promise.all(this.#opened.map(({ audit }) => audit.close()));
    await Promise.all([...new Set(this.#opened.map(({ store }) => store))].map((store) => store.close()));
  }
}

/** Asks for every job of the service principal to be paused. */
export function pauseAll(receivedAt: number): BulkRequest {
  return {
    action: 'pause',
    selector: { kind: 'aliases', aliases: ['all'] },
    asked: {
      request: someRequest({ receivedAt: receivedAt as ReturnType<typeof someRequest>['receivedAt'] }),
      caller: someApplication(),
      justification: { reason: 'because it must be', ticket: 'CHG1' },
    },
  };
}

/** A policy that lets the caller do this, with the reason above. */
export function policyOf(actions: readonly string[]): Policy {
  const { tenantId, clientId } = someApplication();
  const reading = readPolicy(
    Buffer.from(`
version: 1
jobs: { all: { servicePrincipalId: ${principal} } }
callers: { portal: { tenant: ${tenantId}, application: ${clientId} } }
rules:
  - { id: may, effect: allow, callers: [portal], actions: [${actions.join(', ')}], jobs: [all] }
  - { id: may-with-reason, effect: allow, callers: [portal], actions: [start], jobs: [all], require: { reason: { minLength: 10 } } }
`),
    'policy.yaml',
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.policy;
}
