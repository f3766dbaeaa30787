import { type EventId, parseJobRef } from '#kernel';
import { type BulkReplica, BulkReplicas, pauseAll, policyOf, principal, SlowGraph } from '../support/bulk-replicas.ts';
import { databases, type TestDatabase } from './databases.ts';

const ids = Array.from({ length: 10 }, (_, at) => `job-${at}`);
const hour = 3_600_000;
let logs = 0;

describe.each(databases)('bulk operations that several processes work on, in %s', (_name, start) => {
  let database: TestDatabase;
  let graph: SlowGraph;
  let replicas: BulkReplicas;
  let one: BulkReplica;

  beforeAll(async () => {
    database = await start();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    graph = new SlowGraph(ids);
    replicas = new BulkReplicas(database.url, graph, `bulk-workers-${++logs}`);
    one = await replicas.open();
  });
  afterEach(() => replicas.close());

  const begin = () => one.bulk.begin(pauseAll(replicas.log.clock.now()));
  const view = (id: EventId) => one.bulk.read(id, pauseAll(0).asked);
  const statesOf = async (id: EventId) => (await view(id)).items.map(({ item }) => item.progress.state);
  const events = async () => {
    const store = one.store.log(replicas.log.origin);
    const entries = await store.entries(0, (await store.head())?.size ?? 0);
    return entries.map(({ columns }) => columns);
  };
  const work = async ({ worker }: BulkReplica) => {
    await worker.round();
    await worker.idle();
  };

  it('are done once, whoever begins to work on them at the same time', async () => {
    const two = await replicas.open();
    const id = await begin();
    await Promise.all([work(one), work(two)]);
    await Promise.all([work(one), work(two)]);

    expect(graph.paused.toSorted()).toEqual(ids);
    expect(new Set(await statesOf(id))).toEqual(new Set(['done']));
    expect((await events()).filter(({ type }) => type === 'bulk.ended')).toHaveLength(1);
    await replicas.log.check(one.store.log(replicas.log.origin));
  });

  it('are gone on with when their worker fell silent, and what it had begun is not sent again', async () => {
    const id = await begin();
    const answer = graph.hold();
    await one.worker.round();
    await graph.whenPaused(4);
    graph.answerAgain();
    await database.sql('update lease set until = 0');
    const two = await replicas.open();
    await work(two);

    expect(graph.paused.toSorted()).toEqual(ids);
    const states = await statesOf(id);
    expect(states.toSorted()).toEqual([...ids.slice(4).map(() => 'done'), ...ids.slice(0, 4).map(() => 'unknown')]);
    expect((await view(id)).operation.endedAt).toBeDefined();

    // The silent one comes back: what it saw is recorded, and it begins nothing more.
    answer();
    await one.worker.idle();
    expect(graph.paused).toHaveLength(ids.length);
    expect((await view(id)).items.map(({ record }) => record?.outcome)).toEqual(ids.map(() => 'success'));
    expect((await events()).filter(({ type }) => type === 'pause.intent')).toHaveLength(ids.length);
  });

  it.each(['pause', 'start'] as const)('record no intent to %s under a lease that has passed on', async (action) => {
    replicas.policy = policyOf([action]);
    graph.shows = 'Paused';
    const name = 'bulk of one job';
    const lease = { name, fence: 1 };
    await one.store.leases.acquire(name, 'one', hour);
    await one.store.leases.acquire(name, 'one', hour);
    const item = {
      ...pauseAll(0).asked,
      job: parseJobRef(principal, 'job-1'),
      part: { operation: 'bulk' as EventId, lease },
    };

    await expect(one.operations[action](item)).rejects.toMatchObject({ code: 'lease_lost' });
    expect(graph.paused).toEqual([]);
    expect((await events()).filter(({ type }) => type === `${action}.intent`)).toEqual([]);
  });

  it('are left at once by a worker that is closed, when it has ended what is under way', async () => {
    const id = await begin();
    const answer = graph.hold();
    await one.worker.round();
    await graph.whenPaused(4);
    const closing = one.worker.close();
    answer();
    await closing;
    expect((await statesOf(id)).filter((state) => state === 'done')).toHaveLength(4);

    graph.answerAgain();
    await work(await replicas.open());
    expect(graph.paused.toSorted()).toEqual(ids);
    expect((await view(id)).operation.endedAt).toBeDefined();
  });

  it('are judged anew, item by item, by the policy that is in force then, with the reason of the request', async () => {
    const id = await begin();
    replicas.policy = policyOf(['read']);
    await work(one);

    expect(graph.paused).toEqual([]);
    expect((await view(id)).items[0]?.item.progress).toMatchObject({ state: 'denied', code: 'no_matching_rule' });
    const denials = (await events()).filter(({ type }) => type === 'request.denied');
    expect(denials).toHaveLength(ids.length);
    expect(denials[0]).toMatchObject({ parent: id, action: 'pause', servicePrincipalId: principal, ticket: 'CHG1' });
  });

  it('send nothing after an hour, and say so of each job', async () => {
    const id = await begin();
    await replicas.log.clock.advance(hour);
    await work(one);

    expect(graph.paused).toEqual([]);
    expect((await view(id)).items[0]?.item.progress).toMatchObject({ state: 'denied', code: 'operation_expired' });
    expect((await events()).filter(({ type }) => type === 'request.denied')).toHaveLength(ids.length);
  });

  it('whose caller was never told that they began are ended on record, and nothing is sent', async () => {
    const bulk = one.store.bulk(replicas.log.origin);
    const id = await begin();
    await database.sql('update bulk_operation set idx = null');
    await work(one);
    expect(await bulk.find(id)).toBeDefined();

    await replicas.log.clock.advance(60_000);
    await work(one);
    expect([await bulk.find(id), graph.paused]).toEqual([undefined, []]);
    expect((await events()).at(-1)).toMatchObject({ type: 'bulk.ended', parent: id });
    await expect(view(id)).rejects.toMatchObject({ code: 'operation_unknown' });
  });
});
