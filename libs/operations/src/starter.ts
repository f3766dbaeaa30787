import type { AuditRecorder } from '#audit';
import { type GraphGateway, type GraphResult, stateOf, type SynchronizationJob } from '#graph';
import type { EpochMillis, IntentReceipt, JobRef } from '#kernel';
import type { Authorized } from './authorization.ts';
import type { GraphSteps, StateRead } from './graph-step.ts';
import type { JobChange } from './job-change.ts';
import { JobNotStartable, NotSentToGraph, RefusedByGraph, StateUnread } from './operation-error.ts';
import { judgeStart } from './start-verdict.ts';

/**
 * The start of a job. Unlike a pause it may do harm, so it goes the slow way: read the job, judge what was read, and only
 * then ask Graph, once. Without a read there is no start.
 */
export class Starter {
  readonly #audit: AuditRecorder;
  readonly #graph: GraphGateway;
  readonly #steps: GraphSteps;

  constructor(audit: AuditRecorder, graph: GraphGateway, steps: GraphSteps) {
    this.#audit = audit;
    this.#graph = graph;
    this.#steps = steps;
  }

  async start(authorized: Authorized, job: JobRef, deadline: EpochMillis): Promise<JobChange> {
    const read = await this.#steps.readState(authorized, job, deadline);
    const found = await doneOrThrow(read);
    const before = this.#steps.recordedState(found);
    const verdict = judgeStart(found.value, authorized.decision.startQuarantined === true);
    if (verdict.kind !== 'start') {
      // A denial with the decision's own fields: the policy allowed it, the job's state did not. No intent is left open.
      const { eventId } = await this.#audit.record({
        type: 'request.denied',
        status: 409,
        ...authorized.judged,
        decision: { ...authorized.judged.decision, effect: 'deny', denyCode: verdict.kind },
        parent: read.receipt.eventId,
        before,
      });
      throw new JobNotStartable(verdict, stateOf(found.value), eventId);
    }
    const { receipt } = await this.#steps.perform(
      'start',
      authorized,
      (call) => this.#graph.start(job, call),
      deadline,
      { before },
    );
    return { intent: receipt.eventId, before: stateOf(found.value) };
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
