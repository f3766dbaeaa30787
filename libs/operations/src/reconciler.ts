import {
  type AuditLog,
  type Lease,
  type LeaseStore,
  type OpenIntent,
  type OpenIntents,
  type RecordedIntent,
  recordedIntent,
  type RecordedJobState,
  type Reconciliation,
  type ReconciliationVerdict,
  type Settlement,
} from '#audit';
import { stateOf } from '#graph';
import type { EpochMillis, EventId, JobId, JobRef } from '#kernel';
import { type JobReadingPorts, type Reading, readJobFor } from './job-reading.ts';
import type { ReconcilerPace } from './reconciler-pace.ts';
import { judgeEvidence, type Running } from './reconciliation-verdict.ts';

export interface ReconcilerPorts extends JobReadingPorts {
  /** Where the intents stand. */
  readonly log: Pick<AuditLog, 'entry'>;
  readonly open: OpenIntents;
  readonly leases: LeaseStore;
  /** One name per log: the lease is the same for all replicas. */
  readonly leaseName: string;
  /** Names this replica. */
  readonly owner: string;
  readonly pace: ReconcilerPace;
  /** Hears of each verdict that was recorded. */
  readonly onVerdict?: (intent: OpenIntent, verdict: ReconciliationVerdict, reason: string) => void;
}

/** What was found out so far about an intent that takes more than one look. */
interface Look {
  readonly notBefore: number;
  readonly reads: readonly (Reading & { kind: 'state' })[];
}

/** After so many entries the position is saved, so that a restart reads no more than that, and a little, again. */
const positionStep = 1_000;

/** How one intent's turn ended. `later`: it stays open. `stop`: so do all others, for now. */
type Turn = 'done' | 'later' | 'stop';

/**
 * Finds out about intents whose outcome nobody saw: those that ended as `unknown`, and orphans of a process that died.
 * It reads the job and records what that tells; it never repeats the request. Every replica runs one; the lease says
 * who works, and a verdict is recorded only while the lease is held and the intent is open, in one transaction.
 */
export class Reconciler {
  readonly #ports: ReconcilerPorts;
  readonly #looks = new Map<EventId, Look>();
  #lease: Lease | undefined;
  /** The position as this replica last knew it to be saved. */
  #saved = 0;
  /** No round before that: Graph is in trouble. */
  #pausedUntil = 0;
  #troubles = 0;

  constructor(ports: ReconcilerPorts) {
    this.#ports = ports;
  }

  /**
   * Learns what is open and, if the lease is ours, takes on what is due, oldest first, until `signal` is aborted.
   * Rejects when the store fails.
   */
  async round(signal?: AbortSignal): Promise<void> {
    const { open, clock } = this.#ports;
    await open.catchUp();
    this.#forgetClosed();
    const isWork = open.all.some((intent) => this.#isDue(intent, clock.now()));
    // When nothing is due, nothing is written either, but for the position now and then.
    if (!isWork && open.position - this.#saved < positionStep) return;
    if (!(await this.#hold())) return;
    let renewAt = this.#renewAt();
    for (const intent of open.all) {
      const now = clock.now();
      if (signal?.aborted === true) return;
      if (!this.#isDue(intent, now)) continue;
      if (now >= renewAt) {
        if (!(await this.#hold())) return;
        renewAt = this.#renewAt();
      }
      if ((await this.#take(intent)) === 'stop') break;
    }
  }

  /** Lets another replica take over at once. Call it when no round is under way. */
  async close(): Promise<void> {
    const lease = this.#lease;
    this.#lease = undefined;
    if (lease !== undefined) await this.#ports.leases.release(lease);
  }

  async #hold(): Promise<boolean> {
    const { leases, leaseName, owner, pace, open } = this.#ports;
    const held = this.#lease;
    const { position } = open;
    if (held !== undefined && (await leases.renew(held, pace.leaseMillis, position))) {
      this.#saved = position;
      return true;
    }
    this.#lease = await leases.acquire(leaseName, owner, pace.leaseMillis);
    if (this.#lease === undefined) return false;
    this.#saved = this.#lease.position;
    // What the holder before us recorded was committed before the lease became ours.
    await open.catchUp();
    return true;
  }

  #renewAt(): number {
    return this.#ports.clock.now() + this.#ports.pace.leaseMillis / 3;
  }

  #isDue({ eventId, state, since }: OpenIntent, now: EpochMillis): boolean {
    if (now < this.#pausedUntil || now < (this.#looks.get(eventId)?.notBefore ?? 0)) return false;
    return state === 'unknown' || now - since >= this.#ports.pace.orphanAfterMillis;
  }

  async #take(intent: OpenIntent): Promise<Turn> {
    const recorded = recordedIntent(await this.#ports.log.entry(intent.index));
    const { operation } = intent;
    const { servicePrincipalId, jobId } = recorded.resource;
    if (operation === 'read' || operation === 'list' || jobId === undefined) {
      return this.#conclude(intent, recorded, 'inconclusive', 'nothing_was_to_change');
    }
    const { before } = recorded;
    const isRivalled =
      intent.overtaken || (before !== 'unknown' && (await this.#ports.open.changedBefore(intent, before.readAt)));
    if (isRivalled) return this.#conclude(intent, recorded, 'inconclusive', 'changed_since');
    return this.#look(intent, operation, { servicePrincipalId, jobId }, recorded);
  }

  async #look(intent: OpenIntent, operation: 'pause' | 'start', job: JobRef, recorded: RecordedIntent): Promise<Turn> {
    const { pace, clock } = this.#ports;
    const reading = await readJobFor(intent.eventId, job, this.#ports, pace.readMillis);
    if (reading.kind === 'troubled') return this.#troubled(reading.retryAfterMillis);
    this.#troubles = 0;
    const earlier = this.#looks.get(intent.eventId)?.reads ?? [];
    const reads = reading.kind === 'state' ? [...earlier, reading] : earlier;
    const seen = [...earlier, reading].flatMap((look) => {
      if (look.kind === 'odd') return [];
      return look.kind === 'state' ? [look.running] : [look.reason];
    });
    const finding = judgeEvidence({ operation, before: runningBefore(recorded.before, job.jobId), reads: seen });
    if (finding.kind === 'verdict' && reading.kind !== 'odd') {
      return this.#conclude(intent, recorded, finding.verdict, finding.reason, reads);
    }
    this.#looks.set(intent.eventId, { notBefore: clock.now() + pace.settleMillis, reads });
    return 'later';
  }

  /** One job's trouble with Graph is everybody's. */
  #troubled(retryAfterMillis: number): Turn {
    const { pace, clock } = this.#ports;
    const backoff = Math.min(pace.backoffMillis * 2 ** this.#troubles, pace.longestBackoffMillis);
    this.#troubles += 1;
    this.#pausedUntil = clock.now() + Math.max(backoff, retryAfterMillis);
    return 'stop';
  }

  async #conclude(
    intent: OpenIntent,
    { resource, before }: RecordedIntent,
    verdict: ReconciliationVerdict,
    reason: string,
    reads: Look['reads'] = [],
  ): Promise<Turn> {
    const settlement = await this.#settle({
      type: `${intent.operation}.reconciled`,
      parent: intent.eventId,
      resource,
      verdict,
      reason,
      before,
      reads: reads.map(({ state }) => state),
    });
    if (settlement === 'lease_lost') return 'stop';
    if (settlement === 'recorded') this.#ports.onVerdict?.(intent, verdict, reason);
    return 'done';
  }

  async #settle(reconciliation: Reconciliation): Promise<Settlement> {
    const lease = this.#lease;
    if (lease === undefined) return 'lease_lost';
    const settlement = await this.#ports.audit.settle(reconciliation, lease);
    if (settlement === 'lease_lost') this.#lease = undefined;
    return settlement;
  }

  #forgetClosed(): void {
    const open = new Set(this.#ports.open.all.map(({ eventId }) => eventId));
    for (const eventId of this.#looks.keys()) if (!open.has(eventId)) this.#looks.delete(eventId);
  }
}

function runningBefore(before: RecordedJobState | 'unknown', id: JobId): Running | 'unknown' {
  if (before === 'unknown') return 'unknown';
  const job = { id, schedule: { state: before.scheduleState }, status: { code: before.statusCode } };
  return stateOf(job).stopped ? 'stopped' : 'running';
}
