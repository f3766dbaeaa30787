import type { AuditRecorder, BulkAction, EarlierPause, JobHistory, RecordedJobState } from '#audit';
import {
  type GraphCall,
  type GraphGateway,
  type JobList,
  type JobState,
  stateOf,
  type SynchronizationJob,
} from '#graph';
import type { HoldBook } from '#holds';
import type { Clock, EpochMillis, EventId, JobRef, ServicePrincipalId } from '#kernel';
import type { CatalogEntry, Decision, Policy } from '#policy';
import { Authorization, type Authorized, type Target } from './authorization.ts';
import { GraphSteps } from './graph-step.ts';
import type { HoldOwners } from './holds/hold-owners.ts';
import { HoldViewer } from './holds/hold-viewer.ts';
import type { JobChange } from './job-change.ts';
import type { Asked, JobRequest, ListRequest } from './job-request.ts';
import { JobUnknown } from './operation-error.ts';
import type { AlreadyPaused } from './operation-outcome.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ShadowPolicy } from './shadow-policy.ts';
import { Starter } from './starter.ts';

/** How long an operation may take at Graph, retries included. */
const operationMillis = 20_000;
/** A pause is urgent: the read before it may not hold it up for longer. */
const readBeforeMillis = 2_000;

export interface JobOperationsPorts {
  /** The live policy, asked anew for each request so that a reload takes effect at once. */
  readonly policy: () => Policy;
  /** A policy on trial. */
  readonly shadow?: ShadowPolicy;
  /** Absent: rules have no limits. */
  readonly limits?: RateLimits;
  readonly audit: AuditRecorder;
  readonly outcomes: OutcomeRecorder;
  readonly history: JobHistory;
  readonly graph: GraphGateway;
  readonly holds: HoldBook;
  readonly owners: HoldOwners;
  readonly clock: Clock;
  readonly readBeforePause: boolean;
}

/**
 * The way of one request: authorize, record the intent, call Graph, record the outcome. Every entry (API, timers, bulk)
 * comes through here. Methods throw an OperationError, or AuditUnavailable when nothing could be recorded and nothing
 * was sent.
 */
export class JobOperations {
  readonly #ports: JobOperationsPorts;
  readonly #authorization: Authorization;
  readonly #steps: GraphSteps;
  readonly #starter: Starter;

  constructor(ports: JobOperationsPorts) {
    this.#ports = ports;
    this.#authorization = new Authorization(ports.policy, ports.audit, ports.clock, ports.shadow, ports.limits);
    this.#steps = new GraphSteps(ports);
    this.#starter = new Starter(ports, this.#steps, new HoldViewer(this.#authorization, ports.owners));
  }

  /** The service principal's jobs, without those that the caller may not read. */
  async list(asked: ListRequest): Promise<JobList> {
    const { servicePrincipalId } = asked;
    const authorized = await this.#authorization.authorize('read', { servicePrincipalId }, asked);
    const { value } = await this.#steps.perform(
      'list',
      authorized,
      (call) => this.#ports.graph.list(servicePrincipalId, call),
      this.#deadline(operationMillis),
    );
    const mayRead = (job: SynchronizationJob): boolean =>
      this.judge('read', { servicePrincipalId, jobId: job.id }, asked).effect === 'allow';
    return { ...value, jobs: value.jobs.filter(mayRead) };
  }

  async read(asked: JobRequest): Promise<SynchronizationJob> {
    return this.#read(await this.#authorization.authorize('read', asked.job, asked), asked.job);
  }

  /**
   * Resolves when Graph has accepted the pause, from when on the caller holds the job; the cycle under way still finishes there. A job that is paused already
   * is paused again, because the state read a moment ago may be outdated and a second pause does no harm; the outcome
   * then says so, and which pause was first.
   */
  async pause(asked: JobRequest): Promise<JobChange> {
    const authorized = await this.#authorization.authorize('pause', asked.job, asked);
    // Without the state before, nobody could tell at its end whether the job is ours to start.
    const isRead = this.#ports.readBeforePause || asked.justification.until !== undefined;
    const found = isRead ? await this.#stateBefore(authorized, asked.job) : undefined;
    const before = found?.state;
    const alreadyPaused = before?.stopped === true ? this.#alreadyPaused(asked.job) : undefined;
    const { receipt } = await this.#steps.perform(
      'pause',
      authorized,
      (call) => this.#ports.graph.pause(asked.job, call),
      this.#deadline(operationMillis),
      found && { before: found.recorded },
      alreadyPaused,
    );
    return { intent: receipt.eventId, ...(before !== undefined && { before }) };
  }

  /**
   * Starts a job that is stopped, which ends the caller's hold; throws HeldByOthers while others hold it, and
   * JobNotStartable for one that runs, or that is in quarantine where the deciding rule does not say `startQuarantined`.
   */
  async start(asked: JobRequest): Promise<JobChange> {
    const authorized = await this.#authorization.authorize('start', asked.job, asked);
    return this.#starter.start(authorized, asked, this.#deadline(operationMillis));
  }

  /**
   * The job after a change, for a caller that may read it too; undefined when it may not or Graph does not show it. The
   * change itself has succeeded by then, so this never throws.
   */
  async stateAfter(asked: JobRequest, change: JobChange): Promise<SynchronizationJob | undefined> {
    const authorized = this.#authorization.permitted('read', asked.job, asked);
    if (authorized === undefined) return undefined;
    return this.#read(authorized, asked.job, change.intent).catch(() => undefined);
  }

  /**
   * Every job of a service principal, for a caller that may do this to at least one of them; each is for the policy to
   * judge.
   */
  async jobsOf(action: BulkAction, servicePrincipalId: ServicePrincipalId, asked: Asked): Promise<readonly JobRef[]> {
    const authorized = await this.#authorization.authorize(action, { servicePrincipalId }, asked);
    const list = (call: GraphCall) => this.#ports.graph.list(servicePrincipalId, call);
    const { value } = await this.#steps.perform('list', authorized, list, this.#deadline(operationMillis));
    return value.jobs.map(({ id }) => ({ servicePrincipalId, jobId: id }));
  }

  /** Whether a caller may see the job, by its token's rights and the policy; nothing is recorded. */
  mayRead(job: JobRef, asked: Asked): boolean {
    return this.#authorization.permitted('read', job, asked) !== undefined;
  }

  /** What the policy says, without recording or calling anything. */
  judge(action: 'read' | 'pause' | 'start', target: Target, asked: Asked): Decision {
    return this.#authorization.judge(action, target, asked);
  }

  /** The catalog's entries that the caller may read, in the policy's order; Graph is not called. */
  catalogued(asked: Asked): readonly CatalogEntry[] {
    return this.#ports.policy().catalog.entries.filter((entry) => {
      const { servicePrincipalId, jobId } = entry;
      const target = jobId === undefined ? { servicePrincipalId } : { servicePrincipalId, jobId };
      return this.judge('read', target, asked).effect === 'allow';
    });
  }

  /** The catalog's entry of the job, or of all jobs of its service principal. */
  entryOf({ servicePrincipalId, jobId }: JobRef): CatalogEntry | undefined {
    const { catalog } = this.#ports.policy();
    const alias = catalog.aliasOf(servicePrincipalId, jobId);
    return alias === undefined ? undefined : catalog.entry(alias);
  }

  /** The catalog's entry; throws {@link JobUnknown}. Says nothing about what the caller may do. */
  jobNamed(alias: string): JobRef & CatalogEntry {
    const entry = this.#ports.policy().catalog.entry(alias);
    if (entry === undefined) throw new JobUnknown('The policy names no such job.');
    const { jobId } = entry;
    if (jobId === undefined) {
      throw new JobUnknown(
        'This name stands for every job of a service principal. Name one by servicePrincipalId/jobId.',
      );
    }
    return { ...entry, jobId };
  }

  /** The pause that a paused job rests on, as far as the log knows and can say now. */
  standingPause(job: JobRef): Promise<EarlierPause | undefined> {
    return this.#ports.history.standingPause(job).catch(() => undefined);
  }

  async #read(authorized: Authorized, job: JobRef, parent?: EventId): Promise<SynchronizationJob> {
    const { value } = await this.#steps.perform(
      'read',
      authorized,
      (call) => this.#ports.graph.get(job, call),
      this.#deadline(operationMillis),
      parent && { parent },
    );
    return value;
  }

  /** A read that fails does not hold up a pause: the state before is then unknown. */
  async #stateBefore(
    authorized: Authorized,
    job: JobRef,
  ): Promise<{ readonly recorded: RecordedJobState | 'unknown'; readonly state?: JobState }> {
    const { result } = await this.#steps.readState(authorized, job, this.#deadline(readBeforeMillis));
    if (result.kind !== 'done') return { recorded: 'unknown' };
    return { recorded: this.#steps.recordedState(result), state: stateOf(result.value) };
  }

  async #alreadyPaused(job: JobRef): Promise<AlreadyPaused> {
    return { by: await this.standingPause(job) };
  }

  #deadline(millis: number): EpochMillis {
    return (this.#ports.clock.now() + millis) as EpochMillis;
  }
}
