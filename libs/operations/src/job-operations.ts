import type { AuditRecorder, Operation, RecordedJobState, Resource } from '#audit';
import {
  type GraphCall,
  type GraphGateway,
  type GraphResult,
  type JobList,
  type SynchronizationJob,
  stateOf,
} from '#graph';
import type { Clock, EpochMillis, IntentReceipt, JobRef } from '#kernel';
import type { Decision, Policy } from '#policy';
import { Authorization, type Authorized, type Target } from './authorization.ts';
import type { Asked, JobRequest, ListRequest } from './job-request.ts';
import { NotSentToGraph, OutcomeUnknown, RefusedByGraph } from './operation-error.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';

/** How long an operation may take at Graph, retries included. */
const operationMillis = 20_000;
/** A pause is urgent: the read before it may not hold it up for longer. */
const readBeforeMillis = 2_000;

export interface JobOperationsPorts {
  /** The live policy, asked anew for each request so that a reload takes effect at once. */
  readonly policy: () => Policy;
  readonly audit: AuditRecorder;
  readonly outcomes: OutcomeRecorder;
  readonly graph: GraphGateway;
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

  constructor(ports: JobOperationsPorts) {
    this.#ports = ports;
    this.#authorization = new Authorization(ports.policy, ports.audit, ports.clock);
  }

  /** The service principal's jobs, without those that the caller may not read. */
  async list(asked: ListRequest): Promise<JobList> {
    const { servicePrincipalId } = asked;
    const authorized = await this.#authorization.authorize('read', { servicePrincipalId }, asked);
    const list = await this.#perform('list', authorized, (call) => this.#ports.graph.list(servicePrincipalId, call));
    const mayRead = (job: SynchronizationJob): boolean =>
      this.judge('read', { servicePrincipalId, jobId: job.id }, asked).effect === 'allow';
    return { ...list, jobs: list.jobs.filter(mayRead) };
  }

  async read(asked: JobRequest): Promise<SynchronizationJob> {
    const authorized = await this.#authorization.authorize('read', asked.job, asked);
    return this.#perform('read', authorized, (call) => this.#ports.graph.get(asked.job, call));
  }

  /** Resolves when Graph has accepted the pause; the cycle under way still finishes there. */
  async pause(asked: JobRequest): Promise<void> {
    const authorized = await this.#authorization.authorize('pause', asked.job, asked);
    const before = this.#ports.readBeforePause ? await this.#stateBefore(authorized, asked.job) : undefined;
    await this.#perform('pause', authorized, (call) => this.#ports.graph.pause(asked.job, call), before);
  }

  /** What the policy says, without recording or calling anything. */
  judge(action: 'read' | 'pause' | 'start', target: Target, asked: Asked): Decision {
    return this.#authorization.judge(action, target, asked);
  }

  async #perform<Value>(
    operation: Operation,
    { judged }: Authorized,
    send: (call: GraphCall) => Promise<GraphResult<Value>>,
    before?: RecordedJobState | 'unknown',
  ): Promise<Value> {
    const receipt = await this.#ports.audit.recordIntent({
      type: `${operation}.intent`,
      ...judged,
      ...(before !== undefined && { before }),
    });
    const result = await send({ receipt, deadline: this.#deadline(operationMillis) });
    await this.#ports.outcomes.record(outcomeOf(operation, receipt, judged.resource, result));
    return valueOf(result, receipt);
  }

  /**
   * Reads the job so that the intent knows the state before. It is a call to Graph like any other, so it has an intent
   * and an outcome of its own; the outcome and the pause's intent share a commit.
   */
  async #stateBefore({ judged }: Authorized, job: JobRef): Promise<RecordedJobState | 'unknown'> {
    const { audit, outcomes, graph, clock } = this.#ports;
    const receipt = await audit.recordIntent({ type: 'read.intent', ...judged });
    const result = await graph.get(job, { receipt, deadline: this.#deadline(readBeforeMillis) });
    // Not awaited: a lost outcome of this read must not hold up the pause; the recorder goes on trying.
    outcomes.record(outcomeOf('read', receipt, judged.resource, result)).catch(() => undefined);
    if (result.kind !== 'done') return 'unknown';
    const { scheduleState, statusCode } = stateOf(result.value);
    const { graphRequestId } = result.evidence;
    return { scheduleState, statusCode, readAt: clock.now(), ...(graphRequestId !== undefined && { graphRequestId }) };
  }

  #deadline(millis: number): EpochMillis {
    return (this.#ports.clock.now() + millis) as EpochMillis;
  }
}

function outcomeOf(operation: Operation, receipt: IntentReceipt, resource: Resource, result: GraphResult<unknown>) {
  const { evidence: upstream } = result;
  const base = { type: `${operation}.outcome`, parent: receipt.eventId, resource, upstream } as const;
  switch (result.kind) {
    case 'done':
      return { ...base, outcome: 'success' } as const;
    case 'refused':
      return { ...base, outcome: 'failure', reason: result.refusal } as const;
    case 'not_sent':
      return { ...base, outcome: 'failure', reason: result.reason } as const;
    case 'unknown':
      return { ...base, outcome: 'unknown', reason: result.reason } as const;
  }
}

function valueOf<Value>(result: GraphResult<Value>, { eventId }: IntentReceipt): Value {
  switch (result.kind) {
    case 'done':
      return result.value;
    case 'refused':
      throw new RefusedByGraph(result.refusal, result.evidence, eventId);
    case 'not_sent':
      throw new NotSentToGraph(result.reason, result.evidence, eventId);
    case 'unknown':
      throw new OutcomeUnknown(result.reason, result.evidence, eventId);
  }
}
