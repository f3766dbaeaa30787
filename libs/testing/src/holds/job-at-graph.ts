import { setImmediate } from 'node:timers/promises';
import {
  type GraphCall,
  type GraphEvidence,
  GraphGateway,
  type GraphResult,
  type JobList,
  type SynchronizationJob,
} from '#graph';
import { assertIntentReceipt, type JobRef } from '#kernel';

/**
 * What becomes of a pause or start. `refused`: Graph says no. `lost` and `unseen`: no answer comes, and it was not, or
 * was, applied. `dies_before` and `dies_after`: so does the process that asked.
 */
export type Fate = 'done' | 'refused' | 'lost' | 'unseen' | 'dies_before' | 'dies_after';

const evidence: GraphEvidence = {
  method: 'POST',
  host: 'graph.example',
  pathTemplate: '/synthetic',
  attempts: 1,
  latencyMs: 1,
};

/** One job as Graph has it, with what a test lets happen to the next calls. */
export class JobAtGraph extends GraphGateway {
  running = true;
  quarantined = false;
  /** Starts that found the job running: Microsoft warns that they can stop it for good. */
  harmfulStarts = 0;
  /** Resolves when a process died in a call. */
  died = Promise.withResolvers<undefined>();
  /** How many turns of the event loop the next calls take to arrive, in order; those after them take one. */
  delays: number[] = [];
  #fates: Fate[] = [];

  constructor(readonly job: JobRef) {
    super();
  }

  /** What becomes of the next pauses and starts, in order; those after them are done. */
  next(...fates: readonly Fate[]): void {
    this.#fates = [...fates];
    this.died = Promise.withResolvers();
  }

  override list(): Promise<GraphResult<JobList>> {
    throw new Error('nobody lists');
  }

  override async get(job: JobRef, { receipt }: GraphCall): Promise<GraphResult<SynchronizationJob>> {
    assertIntentReceipt(receipt);
    await setImmediate();
    if (job.jobId !== this.job.jobId) return { kind: 'refused', refusal: 'not_found', evidence };
    const state = this.running ? 'Active' : 'Paused';
    const quarantine = this.quarantined ? { quarantine: { reason: 'TooManyDeletes' } } : {};
    const value = { id: job.jobId, schedule: { state }, status: { code: state, ...quarantine } };
    return { kind: 'done', value, evidence };
  }

  override pause(_: JobRef, call: GraphCall): Promise<GraphResult<undefined>> {
    return this.#change(call, () => {
      this.running = false;
    });
  }

  override start(_: JobRef, call: GraphCall): Promise<GraphResult<undefined>> {
    return this.#change(call, () => {
      if (this.running) this.harmfulStarts += 1;
      this.running = true;
      this.quarantined = false;
    });
  }

  async #change({ receipt }: GraphCall, apply: () => void): Promise<GraphResult<undefined>> {
    assertIntentReceipt(receipt);
    const fate = this.#fates.shift() ?? 'done';
    for (let turns = this.delays.shift() ?? 1; turns > 0; turns--) await setImmediate();
    if (fate === 'done' || fate === 'unseen' || fate === 'dies_after') apply();
    await setImmediate();
    switch (fate) {
      case 'done':
        return { kind: 'done', value: undefined, evidence };
      case 'refused':
        return { kind: 'refused', refusal: 'throttled', evidence };
      case 'lost':
      case 'unseen':
        return { kind: 'unknown', reason: 'timeout', evidence };
      case 'dies_before':
      case 'dies_after':
        this.died.resolve(undefined);
        return new Promise(() => undefined);
    }
  }
}
