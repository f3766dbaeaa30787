import {
  type GraphCall,
  type GraphEvidence,
  GraphGateway,
  type GraphResult,
  type JobList,
  type SynchronizationJob,
} from '#graph';
import { assertIntentReceipt, type JobId, type JobRef } from '#kernel';

/** Evidence of one call that went well, as far as the operations look at it. */
export const someEvidence: GraphEvidence = {
  method: 'POST',
  host: 'graph.example',
  pathTemplate: '/synthetic',
  attempts: 1,
  status: 204,
  latencyMs: 3,
};

/** A job as Graph would send it. */
export function someJob(id: string, state: 'Active' | 'Paused' | 'Quarantine' = 'Active'): SynchronizationJob {
  return { id: id as JobId, schedule: { state: state === 'Quarantine' ? 'Active' : state }, status: { code: state } };
}

/** A Graph that answers what the test says and insists on receipts as the real gateway does. */
export class ScriptedGraph extends GraphGateway {
  /** Calls in order, such as `pause`. */
  readonly calls: string[] = [];
  listing: GraphResult<JobList> = { kind: 'done', value: { jobs: [] }, evidence: someEvidence };
  job: GraphResult<SynchronizationJob> = { kind: 'done', value: someJob('job'), evidence: someEvidence };
  pausing: GraphResult<undefined> = { kind: 'done', value: undefined, evidence: someEvidence };
  starting: GraphResult<undefined> = { kind: 'done', value: undefined, evidence: someEvidence };

  override list(_: unknown, call: GraphCall): Promise<GraphResult<JobList>> {
    return this.#answer('list', call, this.listing);
  }

  override get(_: JobRef, call: GraphCall): Promise<GraphResult<SynchronizationJob>> {
    return this.#answer('get', call, this.job);
  }

  override pause(_: JobRef, call: GraphCall): Promise<GraphResult<undefined>> {
    return this.#answer('pause', call, this.pausing);
  }

  override start(_: JobRef, call: GraphCall): Promise<GraphResult<undefined>> {
    return this.#answer('start', call, this.starting);
  }

  #answer<Value>(name: string, { receipt }: GraphCall, result: GraphResult<Value>): Promise<GraphResult<Value>> {
    assertIntentReceipt(receipt);
    this.calls.push(name);
    return Promise.resolve(result);
  }
}
