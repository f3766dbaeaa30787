import { AuditLog, DisclosureKey, LogKey, OpenIntents, type OperationOutcome, type StoredEntry } from '#audit';
import type { GraphRefusal, GraphResult, SynchronizationJob } from '#graph';
import { type EventId, parseJobRef } from '#kernel';
import {
  FakeClock,
  MemoryLeaseStore,
  MemoryLogStore,
  ScriptedGraph,
  someApplication,
  someEvidence,
  someJob,
  someRequest,
} from '#testing';
import { OutcomeRecorder } from './outcome-recorder.ts';
import { Reconciler } from './reconciler.ts';
import { usualPace } from './reconciler-pace.ts';

const origin = 'broker.example/audit/reconciler';
const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
const other = parseJobRef('d0000000-0000-4000-8000-000000000001', 'other');

class World {
  readonly clock = new FakeClock();
  readonly store = new MemoryLogStore();
  readonly leases = new MemoryLeaseStore(this.clock);
  readonly graph = new ScriptedGraph();
  readonly told: string[] = [];
  readonly #audit: Promise<AuditLog>;

  constructor() {
    this.store.leaseFence = this.leases.fenceOf;
    const key = LogKey.parse(origin, LogKey.generatePem());
    const { store, clock } = this;
    const disclosureKey = DisclosureKey.parse(DisclosureKey.generate());
    this.#audit = AuditLog.open({ store, clock, origin, key, disclosureKey, instance: 'one', build: 'test' });
  }

  async reconciler(owner = 'replica'): Promise<Reconciler> {
    const audit = await this.#audit;
    return new Reconciler({
      audit,
      log: audit,
      outcomes: new OutcomeRecorder(audit, this.clock),
      graph: this.graph,
      clock: this.clock,
      open: new OpenIntents(this.store, await this.leases.position('reconciler')),
      leases: this.leases,
      leaseName: 'reconciler',
      owner,
      pace: usualPace,
      onVerdict: (_, verdict, reason) => this.told.push(`${verdict}: ${reason}`),
    });
  }

  /** An intent to pause a job that was running. */
  async intend(
    type: 'pause' | 'read' = 'pause',
    target = job,
    before: 'Active' | 'Paused' = 'Active',
    readAt = this.clock.now(),
  ): Promise<EventId> {
    const audit = await this.#audit;
    const { eventId } = await audit.recordIntent({
      type: `${type}.intent`,
      request: someRequest({ receivedAt: this.clock.now() }),
      caller: someApplication(),
      action: type,
      resource: target,
      decision: { effect: 'allow', trace: [] },
      before: { scheduleState: before, statusCode: before, readAt, graphRequestId: 'g-before' },
    });
    return eventId;
  }

  async ended(parent: EventId, outcome: OperationOutcome['outcome'], resource = job): Promise<void> {
    await (await this.#audit).record({ type: 'pause.outcome', parent, resource, outcome });
  }

  reads(state: 'Active' | 'Paused', graphRequestId = 'g-now'): void {
    this.answers({ kind: 'done', value: someJob('job', state), evidence: { ...someEvidence, graphRequestId } });
  }

  answers(result: GraphResult<SynchronizationJob>): void {
    this.graph.job = result;
  }

  refuses(refusal: GraphRefusal, retryAfterMs?: number): void {
    const evidence = { ...someEvidence, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    this.answers({ kind: 'refused', refusal, evidence });
  }

  async leaves(): Promise<Record<string, unknown>[]> {
    const parse = ({ body }: StoredEntry) => JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;
    return (await this.store.entries(0, 1_000)).map(parse);
  }

  async reconciled(): Promise<Record<string, unknown>[]> {
    return (await this.leaves()).filter(({ type }) => String(type).endsWith('.reconciled'));
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => {
  expect(world.store.violations).toEqual([]);
});

describe('a pause whose outcome is unknown', () => {
  it('is recorded as applied, with evidence, once the job is read as paused', async () => {
    const parent = await world.intend();
    await world.ended(parent, 'unknown');
    world.reads('Paused');
    await (await world.reconciler()).round();

    expect(await world.reconciled()).toEqual([
      expect.objectContaining({
        type: 'pause.reconciled',
        code: 'PAU03I',
        parent,
        outcome: 'applied',
        outcome_reason: 'state_changed',
        actor: { kind: 'system' },
        resource: { sp_id: job.servicePrincipalId, job_id: job.jobId },
        before: expect.objectContaining({ status: 'Active', graph_request_id: 'g-before' }),
        reads: [expect.objectContaining({ status: 'Paused', graph_request_id: 'g-now' })],
      }),
    ]);
    expect(world.told).toEqual(['applied: state_changed']);
  });

  it('is read under an intent of its own that names it', async () => {
    const parent = await world.intend();
    await world.ended(parent, 'unknown');
    world.reads('Paused');
    await (await world.reconciler()).round();

    const types = (await world.leaves()).map(({ type }) => type);
    expect(types.slice(1)).toEqual([
      'pause.intent',
      'pause.outcome',
      'read.intent',
      'read.outcome',
      'pause.reconciled',
    ]);
    expect((await world.leaves())[3]).toMatchObject({ type: 'read.intent', parent, actor: { kind: 'system' } });
  });

  it('is recorded as not applied only after a second read, a minute later', async () => {
    await world.ended(await world.intend(), 'unknown');
    world.reads('Active');
    const reconciler = await world.reconciler();
    await reconciler.round();
    await world.clock.advance(usualPace.settleMillis - 1);
    await reconciler.round();
    expect([world.graph.calls.length, await world.reconciled()]).toEqual([1, []]);
    await world.clock.advance(1);
    await reconciler.round();

    expect(await world.reconciled()).toMatchObject([
      { outcome: 'not_applied', reads: [{ status: 'Active' }, { status: 'Active' }] },
    ]);
  });

  it.each(['not_found', 'forbidden', 'not_owned'] as const)('is inconclusive when the job is %s', async (refusal) => {
    await world.ended(await world.intend(), 'unknown');
    world.refuses(refusal);
    await (await world.reconciler()).round();

    expect(await world.reconciled()).toMatchObject([
      { outcome: 'inconclusive', outcome_reason: refusal, code: 'PAU03E' },
    ]);
  });

  it('is inconclusive without a call to Graph when the job was to be changed again since', async () => {
    const first = await world.intend();
    await world.ended(first, 'unknown');
    await world.ended(await world.intend(), 'success');
    await (await world.reconciler()).round();

    expect(await world.reconciled()).toMatchObject([{ parent: first, outcome_reason: 'changed_since' }]);
    expect(world.graph.calls).toEqual([]);
  });

  it('is reconciled once, however many rounds and replicas there are', async () => {
    await world.ended(await world.intend(), 'unknown');
    world.reads('Paused');
    const [one, two] = [await world.reconciler('one'), await world.reconciler('two')];
    await Promise.all([one.round(), two.round()]);
    await one.close();
    await Promise.all([one.round(), two.round()]);

    expect(await world.reconciled()).toHaveLength(1);
    expect(world.graph.calls).toEqual(['get']);
  });
});

describe('a pause that was intended right after another one of the same job', () => {
  it('is inconclusive: what is seen may be the other’s doing', async () => {
    const before = world.clock.now();
    await world.ended(await world.intend(), 'success');
    await world.clock.advance(500);
    await world.ended(await world.intend('pause', job, 'Active', before), 'unknown');
    world.reads('Paused');
    await (await world.reconciler()).round();

    expect(await world.reconciled()).toMatchObject([{ outcome: 'inconclusive', outcome_reason: 'changed_since' }]);
  });
});

describe('an intent without outcome', () => {
  it('is left alone while somebody may still work on it, and is an orphan after two minutes', async () => {
    await world.intend();
    world.reads('Paused');
    const reconciler = await world.reconciler();
    await world.clock.advance(usualPace.orphanAfterMillis - 1);
    await reconciler.round();
    expect(world.graph.calls).toEqual([]);
    await world.clock.advance(1);
    await reconciler.round();

    expect(await world.reconciled()).toMatchObject([{ outcome: 'applied' }]);
  });

  it('that is a read is closed without calling Graph: nothing was to change', async () => {
    await world.intend('read');
    await world.clock.advance(usualPace.orphanAfterMillis);
    await (await world.reconciler()).round();

    expect(await world.reconciled()).toMatchObject([
      { type: 'read.reconciled', code: 'RED03I', outcome: 'inconclusive', outcome_reason: 'nothing_was_to_change' },
    ]);
    expect(world.graph.calls).toEqual([]);
  });
});

describe('while Graph is in trouble', () => {
  beforeEach(async () => {
    await world.ended(await world.intend(), 'unknown');
    await world.ended(await world.intend('pause', other), 'unknown', other);
  });

  it('intents stay open, and one of them at a time asks again, less and less often', async () => {
    world.answers({ kind: 'not_sent', reason: 'connect_failed', evidence: someEvidence });
    const reconciler = await world.reconciler();
    const calls: number[] = [];
    for (let round = 0; round < 8; round++) {
      await reconciler.round();
      calls.push(world.graph.calls.length);
      await world.clock.advance(5_000);
    }
    expect(calls).toEqual([1, 2, 2, 3, 3, 3, 3, 4]);
    expect(await world.reconciled()).toEqual([]);

    world.reads('Paused');
    await world.clock.advance(300_000);
    await reconciler.round();
    expect(await world.reconciled()).toHaveLength(2);
  });

  it('waits as long as Retry-After says', async () => {
    world.refuses('throttled', 90_000);
    const reconciler = await world.reconciler();
    await reconciler.round();
    await world.clock.advance(89_999);
    await reconciler.round();
    expect(world.graph.calls).toHaveLength(1);
    await world.clock.advance(1);
    await reconciler.round();
    expect(world.graph.calls).toHaveLength(2);
  });

  it('an answer that is no job holds up that job only', async () => {
    world.refuses('malformed_reply');
    await (await world.reconciler()).round();
    expect(world.graph.calls).toEqual(['get', 'get']);
    expect(await world.reconciled()).toEqual([]);
  });
});

describe('a worker that was away for too long', () => {
  it('records nothing under a lease that has passed to another', async () => {
    await world.ended(await world.intend(), 'unknown');
    world.reads('Paused');
    const late = await world.reconciler('late');
    const next = await world.reconciler('next');
    const { get } = world.graph;
    world.graph.get = async (target, call) => {
      world.graph.get = get;
      await world.clock.advance(usualPace.leaseMillis);
      await next.round();
      return get.call(world.graph, target, call);
    };
    await late.round();

    expect(await world.reconciled()).toHaveLength(1);
    expect(world.told).toEqual(['applied: state_changed']);
  });
});

describe('a log in which nothing is open', () => {
  it('has no lease taken and nothing written', async () => {
    await world.ended(await world.intend(), 'success');
    const { appends } = world.store;
    await (await world.reconciler()).round();

    expect(world.store.appends).toBe(appends);
    expect(world.leases.fenceOf('reconciler')).toBeUndefined();
  });
});
