import type { AuditRecorder, Operation, RecordedJobState } from '#audit';
import { type GraphCall, type GraphGateway, type GraphResult, stateOf, type SynchronizationJob } from '#graph';
import {
  type Action,
  type Clock,
  type EpochMillis,
  type EventId,
  type IntentReceipt,
  type JobRef,
  watchedStep,
} from '#kernel';
import type { Authorized } from './authorization.ts';
import { NotSentToGraph, OutcomeUnknown, RefusedByGraph } from './operation-error.ts';
import { type AlreadyPaused, intentTypeOf, outcomeOf } from './operation-outcome.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';

export interface GraphStepPorts {
  readonly audit: AuditRecorder;
  readonly outcomes: OutcomeRecorder;
  readonly graph: GraphGateway;
  readonly clock: Clock;
}

/** A request that was allowed. */
type Conducted = Pick<Authorized, 'judged' | 'watch' | 'lease'>;

/** What an intent says beyond who asked what. */
interface IntentDetails {
  readonly before?: RecordedJobState | 'unknown';
  readonly parent?: EventId;
}

/** A read of the job on the way of another operation: the intent it has, what came of it. */
export interface StateRead {
  readonly receipt: IntentReceipt;
  readonly result: GraphResult<SynchronizationJob>;
  /** Settles when the read's outcome is durable; never rejects, because the recorder goes on trying. */
  readonly recorded: Promise<void>;
}

/** One call of Graph between its intent and its outcome: the only place where operations touch the gateway. */
export class GraphSteps {
  readonly #ports: GraphStepPorts;

  constructor(ports: GraphStepPorts) {
    this.#ports = ports;
  }

  /** Records the intent, sends, records the outcome; gives the value or throws the OperationError that it came to. */
  async perform<Value>(
    operation: Operation,
    conducted: Conducted,
    send: (call: GraphCall) => Promise<GraphResult<Value>>,
    deadline: EpochMillis,
    details?: IntentDetails,
    alreadyPaused?: Promise<AlreadyPaused>,
  ): Promise<{ readonly value: Value; readonly receipt: IntentReceipt }> {
    const { judged, watch, lease } = conducted;
    const intent = { type: intentTypeOf(operation), ...judged, ...details } as const;
    const receipt = await watchedStep(watch, 'record_intent', () => this.#ports.audit.recordIntent(intent, lease));
    const result = await send({ receipt, deadline, watch });
    const known = alreadyPaused === undefined ? undefined : await alreadyPaused;
    return { value: await this.conclude(operation, conducted, receipt, result, known), receipt };
  }

  /** Records how a call ended; gives its value or throws the OperationError that it came to. */
  async conclude<Value>(
    operation: Operation,
    { judged, watch }: Conducted,
    receipt: IntentReceipt,
    result: GraphResult<Value>,
    alreadyPaused?: AlreadyPaused,
  ): Promise<Value> {
    const outcome = outcomeOf(operation, receipt, judged.resource, result, alreadyPaused);
    await watchedStep(watch, 'record_outcome', () => this.#ports.outcomes.record(outcome));
    return valueOf(judged.action, result, receipt);
  }

  /**
   * Reads the job so that the next intent knows the state before. It is a call like any other, so it has an intent and
   * an outcome of its own; the outcome and the next event share a commit, so nobody waits for it.
   */
  async readState({ judged, watch }: Conducted, job: JobRef, deadline: EpochMillis): Promise<StateRead> {
    const { audit, outcomes, graph } = this.#ports;
    const intent = { type: 'read.intent', ...judged } as const;
    const receipt = await watchedStep(watch, 'record_intent', () => audit.recordIntent(intent));
    const result = await graph.get(job, { receipt, deadline, watch });
    const outcome = outcomeOf('read', receipt, judged.resource, result);
    const recorded = watchedStep(watch, 'record_outcome', () => outcomes.record(outcome)).catch(() => undefined);
    return { receipt, result, recorded };
  }

  /** The state in the words of the log. */
  recordedState({ value, evidence }: Extract<GraphResult<SynchronizationJob>, { kind: 'done' }>): RecordedJobState {
    const { scheduleState, statusCode } = stateOf(value);
    const { graphRequestId } = evidence;
    const readAt = this.#ports.clock.now();
    return { scheduleState, statusCode, readAt, ...(graphRequestId !== undefined && { graphRequestId }) };
  }
}

function valueOf<Value>(action: Action, result: GraphResult<Value>, { eventId }: IntentReceipt): Value {
  switch (result.kind) {
    case 'done':
      return result.value;
    case 'refused':
      throw new RefusedByGraph(result.refusal, result.evidence, eventId);
    case 'not_sent':
      throw new NotSentToGraph(result.reason, result.evidence, eventId);
    case 'unknown':
      throw new OutcomeUnknown(action, result.reason, result.evidence, eventId);
  }
}
