import type { AuditLog, OperationOutcome, ReconciliationVerdict } from '#audit';
import { type EventId, type JobRef, parseJobRef } from '#kernel';
import { openStore, type Store } from '#store';
import { FakeClock } from '#testing';
import { TestLog } from './audit-logs.ts';
import { databases, type TestDatabase } from './databases.ts';

const job = parseJobRef('44444444-4444-4444-8444-444444444444', 'Workday2AAD.1');

describe.each(databases)('what a log in %s knows about a paused job', (_name, start) => {
  let database: TestDatabase;
  let store: Store;
  let logs = 0;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  async function setUp() {
    const test = new TestLog(`broker.example/audit/history-${++logs}`);
    const log = await test.open(store.log(test.origin));
    const history = store.jobHistory(test.origin);
    return { test, log, standing: (of: JobRef = job) => history.standingPause(of) };
  }

  /** Records an intent and how it ended; gives the intent's id. */
  async function change(
    { test, log }: { readonly test: TestLog; readonly log: AuditLog },
    operation: 'pause' | 'start' | 'read',
    ending: Pick<OperationOutcome, 'outcome' | 'reason' | 'pausedBy'> = { outcome: 'success' },
  ): Promise<EventId> {
    const intent = { ...test.intent('request'), type: `${operation}.intent`, action: operation } as const;
    const { eventId } = await log.recordIntent(intent);
    await log.record({ type: `${operation}.outcome`, parent: eventId, resource: job, ...ending });
    return eventId;
  }

  /** Records a change whose end nobody saw, and what was found out about it; gives the intent's id. */
  async function reconcile(
    world: { readonly test: TestLog; readonly log: AuditLog },
    operation: 'pause' | 'start',
    verdict: ReconciliationVerdict,
  ): Promise<EventId> {
    const parent = await change(world, operation, { outcome: 'unknown', reason: 'timeout' });
    await world.log.settle({
      type: `${operation}.reconciled`,
      parent,
      resource: job,
      reads: [],
      verdict,
      reason: 'read',
    });
    return parent;
  }

  it('is nothing before it was paused through it', async () => {
    const world = await setUp();
    await change(world, 'read');
    await change(world, 'pause', { outcome: 'failure', reason: 'not_owned' });
    await change(world, 'pause', { outcome: 'unknown', reason: 'timeout' });

    expect(await world.standing()).toBeUndefined();
  });

  it('is the pause, with who asked for it and when', async () => {
    const world = await setUp();
    const eventId = await change(world, 'pause');
    await change(world, 'read');

    expect(await world.standing()).toEqual({
      eventId,
      time: '2026-01-05T09:00:00.000Z',
      actor: expect.any(String),
      application: '33333333-3333-4333-8333-333333333333',
    });
    expect(await world.standing({ ...job, jobId: 'another' as JobRef['jobId'] })).toBeUndefined();
  });

  it('is nothing after a start, and the next pause after that', async () => {
    const world = await setUp();
    await change(world, 'pause');
    await change(world, 'start');
    expect(await world.standing()).toBeUndefined();

    const second = await change(world, 'pause');
    expect((await world.standing())?.eventId).toBe(second);
  });

  it('is still the first pause after others that found the job paused', async () => {
    const world = await setUp();
    const first = await change(world, 'pause');
    await change(world, 'pause', { outcome: 'success', reason: 'already_paused', pausedBy: first });
    await change(world, 'pause', { outcome: 'success', reason: 'already_paused', pausedBy: first });

    expect((await world.standing())?.eventId).toBe(first);
  });

  it('is nothing when somebody else had paused it', async () => {
    const world = await setUp();
    await change(world, 'pause', { outcome: 'success', reason: 'already_paused' });

    expect(await world.standing()).toBeUndefined();
  });

  it.each(['not_applied', 'inconclusive'] as const)(
    'is nothing after a pause that was reconciled as %s',
    async (verdict) => {
      const world = await setUp();
      await reconcile(world, 'pause', verdict);

      expect(await world.standing()).toBeUndefined();
    },
  );

  it('is a pause of unknown end that was reconciled as applied, and nothing after such a start', async () => {
    const world = await setUp();
    const pause = await reconcile(world, 'pause', 'applied');
    expect((await world.standing())?.eventId).toBe(pause);

    await reconcile(world, 'start', 'applied');
    expect(await world.standing()).toBeUndefined();
  });

  it('does not mix logs', async () => {
    const world = await setUp();
    await change(world, 'pause');

    expect(await (await setUp()).standing()).toBeUndefined();
  });
});
