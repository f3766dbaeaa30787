import type { AuditLog, LeaseStore, LogStore, OpenIntents } from '#audit';
import type { GraphGateway } from '#graph';
import type { HoldBook, HoldTimers } from '#holds';
import type { JobRef } from '#kernel';
import {
  HoldKeeper,
  HoldOperations,
  HoldOwners,
  JobOperations,
  OutcomeRecorder,
  Reconciler,
  usualHoldPace,
  usualPace,
} from '#operations';
import { readPolicy } from '#policy';
import type { FakeClock } from '../fake-clock.ts';
import { MemoryHistory } from '../memory-history.ts';
import { someApplication } from '../some-request.ts';

/** The stores of one log, as two replicas see them. */
export interface HoldStores {
  readonly clock: FakeClock;
  /** For the timers it is later than any time that the clock shows: every hold with an end is due at once. */
  readonly dueAtOnce?: boolean;
  readonly log: LogStore;
  readonly replicas: readonly {
    readonly audit: AuditLog;
    readonly holds: HoldBook;
    readonly timers: HoldTimers;
    readonly leases: LeaseStore;
  }[];
}

/** Numbers of the applications that may do everything. */
export const owners = [1, 2, 3];

/** One replica of Interlock, as far as holds go. */
export class HoldReplica {
  readonly jobs: JobOperations;
  readonly holds: HoldOperations;
  readonly keeper: HoldKeeper;
  readonly reconciler: Reconciler;
  readonly stores: HoldStores['replicas'][number];

  constructor({ clock, replicas }: HoldStores, at: number, graph: GraphGateway, job: JobRef, open: OpenIntents) {
    const stores = replicas[at];
    if (stores === undefined) throw new Error('there is no such replica');
    this.stores = stores;
    const { audit, holds, timers, leases } = stores;
    const policy = policyOf(job.servicePrincipalId);
    const outcomes = new OutcomeRecorder(audit, clock);
    const path = { audit, outcomes, graph, clock };
    const ports = { ...path, holds, owners: new HoldOwners(audit), policy };
    this.jobs = new JobOperations({ ...ports, history: new MemoryHistory(), readBeforePause: true });
    this.holds = new HoldOperations(ports);
    // Leases end at once, so that replicas get into each other's way as much as they can; no batch is ever full.
    const pace = { ...usualHoldPace, abreast: 1_000, leaseMillis: 0, backoffMillis: 0, longestBackoffMillis: 0 };
    this.keeper = new HoldKeeper({ ...ports, timers, replica: `replica ${at}`, pace });
    const leaseName = `reconciler of ${job.jobId}`;
    const reconciling = { log: audit, open, leases, leaseName, owner: `replica ${at}`, pace: usualPace };
    this.reconciler = new Reconciler({ ...path, ...reconciling });
  }
}

function policyOf(servicePrincipalId: string) {
  const callers = owners.map((owner) => {
    const { tenantId, clientId } = someApplication(owner);
    return `owner-${owner}: { tenant: ${tenantId}, application: ${clientId} }`;
  });
  const text = `
version: 1
jobs: { all: { servicePrincipalId: ${servicePrincipalId} } }
callers: { ${callers.join(', ')} }
rules:
  - id: everything
    effect: allow
    callers: [${owners.map((owner) => `owner-${owner}`).join(', ')}]
    actions: [read, pause, start]
    jobs: [all]
`;
  const reading = readPolicy(Buffer.from(text), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return () => reading.policy;
}
