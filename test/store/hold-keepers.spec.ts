import { OpenIntents } from '#audit';
import { type GraphCall, GraphGateway, type GraphResult, type SynchronizationJob } from '#graph';
import { type EpochMillis, type JobRef, parseJobRef } from '#kernel';
import { HoldReplica, someApplication, someEvidence, someJob, someRequest } from '#testing';
import { openHoldStores } from '../support/hold-stores.ts';
import { databases } from './databases.ts';

const count = 40;
const jobs = Array.from({ length: count }, (_, at) =>
  parseJobRef('d0000000-0000-4000-8000-000000000001', `timed-${at}`),
);
const evidence = someEvidence;
/** Before this many starts nothing happens to the process that dies. */
const survived = 4;

/** Jobs as Graph has them, and how often each was started. */
class Jobs extends GraphGateway {
  readonly stopped = new Set<string>();
  readonly starts = new Map<string, number>();

  override list(): Promise<never> {
    return Promise.reject(new Error('nobody lists'));
  }

  override get({ jobId }: JobRef): Promise<GraphResult<SynchronizationJob>> {
    return Promise.resolve({
      kind: 'done',
      value: someJob(jobId, this.stopped.has(jobId) ? 'Paused' : 'Active'),
      evidence,
    });
  }

  override pause({ jobId }: JobRef, _: GraphCall): Promise<GraphResult<undefined>> {
    this.stopped.add(jobId);
    return Promise.resolve({ kind: 'done', value: undefined, evidence });
  }

  override start({ jobId }: JobRef, _: GraphCall): Promise<GraphResult<undefined>> {
    this.stopped.delete(jobId);
    this.starts.set(jobId, (this.starts.get(jobId) ?? 0) + 1);
    return Promise.resolve({ kind: 'done', value: undefined, evidence });
  }
}

/** What a process sees of Graph that dies in its calls from its fourth start on: every other one was applied. */
class DyingJobs extends GraphGateway {
  readonly died = Promise.withResolvers<undefined>();
  readonly #jobs: Jobs;
  #starts = 0;

  constructor(jobs: Jobs) {
    super();
    this.#jobs = jobs;
  }

  override list(): Promise<never> {
    return this.#jobs.list();
  }

  override get(job: JobRef): Promise<GraphResult<SynchronizationJob>> {
    return this.#starts < survived ? this.#jobs.get(job) : new Promise(() => undefined);
  }

  override pause(job: JobRef, call: GraphCall): Promise<GraphResult<undefined>> {
    return this.#jobs.pause(job, call);
  }

  override async start(job: JobRef, call: GraphCall): Promise<GraphResult<undefined>> {
    this.#starts += 1;
    if (this.#starts < survived) return this.#jobs.start(job, call);
    this.died.resolve(undefined);
    if (this.#starts % 2 === 0) await this.#jobs.start(job, call);
    return new Promise(() => undefined);
  }
}

describe.each(databases)('on %s, two keepers of which one dies', (_name, start) => {
  it(`start each of ${count} jobs exactly once`, async () => {
    const database = await start();
    const { stores, close } = await openHoldStores(database.url);
    const { clock, log } = stores;
    const graph = new Jobs();
    const dying = new DyingJobs(graph);
    const open = new OpenIntents(log, 0);
    const victim = new HoldReplica(stores, 0, dying, jobs[0]!, open);
    const survivor = new HoldReplica(stores, 1, graph, jobs[0]!, open);
    const until = (clock.now() + 60_000) as EpochMillis;
    const asked = { request: someRequest({ receivedAt: clock.now() }), caller: someApplication() };
    await Promise.all(jobs.map((job) => survivor.jobs.pause({ ...asked, justification: { until }, job })));
    expect(graph.stopped.size).toBe(count);

    await clock.advance(61_000);
    // It begins alone: otherwise the other could be so fast that it never comes to the start in which it dies.
    void victim.keeper.round();
    await dying.died.promise;
    await survivor.keeper.round();
    do {
      await clock.advance(180_000);
      await survivor.reconciler.round();
      await survivor.keeper.round();
      await open.catchUp();
    } while (open.all.length > 0 || graph.stopped.size > 0);

    expect([...graph.starts.values()]).toEqual(jobs.map(() => 1));
    const { holds } = survivor.stores;
    expect((await holds.page({}, count + 1)).map(({ state }) => state)).toEqual(jobs.map(() => 'resumed'));
    await close();
    await database.stop();
  });
});
