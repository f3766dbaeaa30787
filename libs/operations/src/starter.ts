import type { AuditRecorder, RecordedJobState } from '#audit';
import { type GraphGateway, type GraphResult, stateOf, type SynchronizationJob } from '#graph';
import { type Held, type HoldBook, judgeStartByOwner } from '#holds';
import { type EpochMillis, type EventId, type IntentReceipt, watchedStep } from '#kernel';
import type { Authorized } from './authorization.ts';
import type { GraphSteps, StateRead } from './graph-step.ts';
import { HeldByOthers, HoldChanging } from './holds/hold-error.ts';
import type { HoldOwners } from './holds/hold-owners.ts';
import type { HoldViewer } from './holds/hold-viewer.ts';
import type { JobChange } from './job-change.ts';
import type { JobRequest } from './job-request.ts';
import { JobNotStartable, NotSentToGraph, RefusedByGraph, StateUnread } from './operation-error.ts';
import { judgeStart } from './start-verdict.ts';

/** Others may change the job between our look and our intent; then everything is looked at again. */
const maxLooks = 5;

export interface StarterPorts {
  readonly audit: AuditRecorder;
  readonly graph: GraphGateway;
  readonly holds: HoldBook;
  readonly owners: HoldOwners;
}

/**
 * The start of a job. Unlike a pause it may do harm, so it goes the slow way: look who holds the job, read it, judge what
 * was read, and only then ask Graph, once. Without a read there is no start. It ends the caller's own hold.
 */
export class Starter {
  readonly #ports: StarterPorts;
  readonly #steps: GraphSteps;
  readonly #viewer: HoldViewer;

  constructor(ports: StarterPorts, steps: GraphSteps, viewer: HoldViewer) {
    this.#ports = ports;
    this.#steps = steps;
    this.#viewer = viewer;
  }

  async start(authorized: Authorized, asked: JobRequest, deadline: EpochMillis): Promise<JobChange> {
    const owner = await this.#ports.owners.nameOf(asked.caller);
    for (let looks = 0; looks < maxLooks; looks++) {
      const change = await this.#try(authorized, asked, deadline, owner);
      if (change !== undefined) return change;
    }
    throw await this.#changing(authorized);
  }

  /** Undefined when somebody else changed the job between the look at its holds and the intent. */
  async #try(
    authorized: Authorized,
    asked: JobRequest,
    deadline: EpochMillis,
    owner: string,
  ): Promise<JobChange | undefined> {
    const { audit, graph, holds } = this.#ports;
    const { job } = asked;
    const standing = await holds.ofJob(job);
    const permit = judgeStartByOwner(owner, standing.holds);
    if (permit.kind === 'changing') throw await this.#changing(authorized);
    if (permit.kind === 'held_by_others') {
      const eventId = await this.#deny(authorized, 'held_by_others');
      throw new HeldByOthers(permit.others.length, await this.#viewer.showAll(permit.others, asked), eventId);
    }
    const read = await this.#steps.readState(authorized, job, deadline);
    const found = await doneOrThrow(read);
    const before = this.#steps.recordedState(found);
    const verdict = judgeStart(found.value, authorized.decision.startQuarantined === true);
    if (verdict.kind !== 'start') {
      const eventId = await this.#deny(authorized, verdict.kind, { parent: read.receipt.eventId, before });
      if (verdict.kind === 'job_running') await this.#superseded(authorized, permit.own, before, standing.asOf);
      throw new JobNotStartable(verdict, stateOf(found.value), eventId);
    }
    // The intent has a commit of its own, and the log tells what happened in its order.
    await read.recorded;
    const intent = {
      type: 'start.intent',
      ...authorized.judged,
      before,
      ...(permit.own !== undefined && { ends: [permit.own.id] }),
    } as const;
    const { watch, lease } = authorized;
    const receipt = await watchedStep(watch, 'record_intent', () =>
      audit.recordIntentUnlessChanged(intent, job, standing.asOf, lease),
    );
    if (receipt === undefined) return undefined;
    const result = await graph.start(job, { receipt, deadline, watch });
    await this.#steps.conclude('start', authorized, receipt, result);
    return { intent: receipt.eventId, before: stateOf(found.value) };
  }

  /** A denial with the decision's own fields: the policy allowed it, the job's state did not. No intent is left open. */
  async #deny(
    { judged }: Authorized,
    denyCode: string,
    found: { readonly parent?: EventId; readonly before?: RecordedJobState } = {},
  ): Promise<EventId> {
    const { eventId } = await this.#ports.audit.record({
      type: 'request.denied',
      status: 409,
      ...judged,
      decision: { ...judged.decision, effect: 'deny', denyCode },
      ...found,
    });
    return eventId;
  }

  async #changing(authorized: Authorized): Promise<HoldChanging> {
    return new HoldChanging(await this.#deny(authorized, 'hold_changing'));
  }

  /** The job runs though the caller holds it: somebody else has started it, and the hold is over. */
  async #superseded(
    { judged }: Authorized,
    own: Held | undefined,
    before: RecordedJobState,
    asOf: number,
  ): Promise<void> {
    if (own === undefined) return;
    const ending = { kind: 'superseded' } as const;
    const event = { ...judged, type: 'hold.ended', parent: own.id, ending, before } as const;
    await this.#ports.audit.recordUnlessChanged(event, own.job, asOf);
  }
}

/** The read's result, or the reason why there is none, told as what it is: nothing was asked of the job yet. */
async function doneOrThrow({
  result,
  receipt,
  recorded,
}: StateRead): Promise<Extract<GraphResult<SynchronizationJob>, { kind: 'done' }>> {
  if (result.kind === 'done') return result;
  await recorded;
  throw unread(result, receipt);
}

function unread(result: Exclude<GraphResult<unknown>, { kind: 'done' }>, { eventId }: IntentReceipt) {
  switch (result.kind) {
    case 'refused':
      return new RefusedByGraph(result.refusal, result.evidence, eventId);
    case 'not_sent':
      return new NotSentToGraph(result.reason, result.evidence, eventId);
    case 'unknown':
      return new StateUnread(result.evidence, eventId);
  }
}
