import { setImmediate } from 'node:timers/promises';
import { type EpochMillis, parseJobRef } from '#kernel';
import { lostCommit, refusedAppend, someApplication, someRequest, unseenCommit, useMemoryLog } from '#testing';
import type { AuditEvent, OperationIntent, ServiceEvent } from './audit-event.ts';

const started: ServiceEvent = { type: 'service.started', policySha256: 'ab' };
/** No canonical form: the count is not an integer. */
const broken: AuditEvent = {
  type: 'requests.refused',
  from: 0 as EpochMillis,
  to: 0 as EpochMillis,
  counts: { a: 0.5 },
};
const intent: OperationIntent = {
  type: 'pause.intent',
  request: someRequest(),
  caller: someApplication(),
  action: 'pause',
  resource: parseJobRef('44444444-4444-4444-8444-444444444444', 'job'),
  decision: { effect: 'allow', rule: 'r', trace: [] },
};

const on = useMemoryLog();
const { open, headOf } = on;

function unavailable(code = 'audit_unavailable') {
  return expect.objectContaining({ code }) as Error;
}

describe('group commit', () => {
  it('puts all that arrives in one turn of the event loop into one transaction, in order', async () => {
    const log = await open();
    const before = on.store.appends;
    const recorded = await Promise.all(Array.from({ length: 40 }, () => log.record(started)));
    expect(on.store.appends - before).toBe(1);
    expect(recorded.map(({ index }) => index)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    for (const { eventId, index } of recorded) expect((await log.entry(index)).eventId).toBe(eventId);
  });

  it('puts all that arrives while a transaction is under way into the next, at most 256', async () => {
    const log = await open();
    const release = on.store.hold();
    const first = log.record(started);
    await setImmediate();
    await setImmediate();
    const rest = Array.from({ length: 300 }, () => log.record(started));
    const before = on.store.appends;
    release();
    await Promise.all([first, ...rest]);
    expect(on.store.appends - before).toBe(2);
    await expect(first).resolves.toMatchObject({ index: 1 });
    await expect(rest.at(-1)).resolves.toMatchObject({ index: 301 });
  });

  it('rejects an event that cannot be encoded alone', async () => {
    const log = await open();
    const results = await Promise.allSettled([log.record(started), log.record(broken), log.record(started)]);
    expect(results).toMatchObject([
      { status: 'fulfilled', value: { index: 1 } },
      { status: 'rejected', reason: { code: 'event_not_recordable' } },
      { status: 'fulfilled', value: { index: 2 } },
    ]);
    await expect(log.record(broken)).rejects.toEqual(unavailable('event_not_recordable'));
    expect(log.size).toBe(3);
  });

  it('refuses new events while thousands wait', async () => {
    const log = await open();
    const release = on.store.hold();
    const waiting = Array.from({ length: 8_192 }, () => log.record(started));
    await expect(log.record(started)).rejects.toEqual(unavailable());
    await setImmediate();
    await on.clock.advance(2_500);
    expect((await Promise.allSettled(waiting)).every(({ status }) => status === 'rejected')).toBe(true);
    release();
    await log.close();
  });
});

describe('a failing store', () => {
  it.each([
    ['refuses', [refusedAppend], 'rejected', 1],
    ['loses the commit once', [lostCommit], 'fulfilled', 2],
    ['loses the commit twice', [lostCommit, lostCommit], 'rejected', 1],
    ['loses the commit, then refuses', [lostCommit, refusedAppend], 'rejected', 1],
    ['commits unseen', [unseenCommit], 'fulfilled', 2],
    ['loses the commit, then commits unseen', [lostCommit, unseenCommit], 'fulfilled', 2],
  ] as const)('that %s leaves the batch %s, as the log shows', async (_how, faults, status, size) => {
    const log = await open();
    on.store.failNext(...faults.map((fault) => fault()));
    const results = await Promise.allSettled([log.recordIntent(intent), log.record(started)]);
    expect(results.map((result) => result.status)).toEqual([status, status]);
    expect((await headOf()).size).toBe(status === 'fulfilled' ? size + 1 : size);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toEqual(unavailable());
      else expect(await on.store.indexOf(result.value.eventId)).toBe(result.value.index);
    }
    if (status === 'fulfilled') expect(log.checkpoint()).toBe((await headOf()).checkpoint);
    const after = await log.record(started);
    expect(after.index).toBe((await headOf()).size - 1);
    expect(log.checkpoint()).toBe((await headOf()).checkpoint);
  });

  it('that cannot answer whether it committed fails the batch, and the log goes on after it', async () => {
    const log = await open();
    on.store.failNext(unseenCommit());
    on.store.readFault = new Error('connection refused');
    await expect(log.record(started)).rejects.toEqual(unavailable());
    on.store.readFault = undefined;
    await expect(log.record(started)).resolves.toMatchObject({ index: 2 });
  });

  it('that cannot give a pseudonym fails the event', async () => {
    const log = await open();
    on.store.readFault = new Error('connection refused');
    await expect(log.recordIntent(intent)).rejects.toEqual(unavailable());
    on.store.readFault = undefined;
    await expect(log.recordIntent(intent)).resolves.toMatchObject({ index: 1 });
  });

  it('is asked for a pseudonym once per caller', async () => {
    const log = await open();
    await log.recordIntent(intent);
    on.store.readFault = new Error('connection refused');
    await expect(log.recordIntent(intent)).resolves.toMatchObject({ index: 2 });
    const actors = (await Promise.all([1, 2].map((index) => storeEntry(index)))).map(({ columns }) => columns.actor);
    expect(actors[0]).toBe(actors[1]);
  });
});

describe('a store that hangs', () => {
  it('fails appends after the time-out, those under way and those that wait, and drops the latter', async () => {
    const log = await open({ appendTimeoutMs: 1_000 });
    const release = on.store.hold();
    const underWay = Promise.allSettled([log.recordIntent(intent)]);
    await setImmediate();
    await setImmediate();
    await on.clock.advance(400);
    const waiting = Promise.allSettled([log.record(started)]);
    await on.clock.advance(599);
    const later = log.record(started);
    await on.clock.advance(1);
    await expect(underWay).resolves.toMatchObject([{ reason: { code: 'audit_unavailable' } }]);
    await on.clock.advance(400);
    await expect(waiting).resolves.toMatchObject([{ reason: { code: 'audit_unavailable' } }]);
    release();
    // What was under way has committed meanwhile: an intent without outcome. What waited was never sent.
    await expect(later).resolves.toMatchObject({ index: 2 });
    expect((await storeEntry(1)).columns.type).toBe('pause.intent');
    await log.close();
  });

  it('leaves no timer behind when appends succeed and the log is closed', async () => {
    const log = await open();
    await log.record(started);
    await log.record(started);
    expect(on.clock.waiting).toBe(1);
    await on.clock.advance(2_500);
    expect(on.clock.waiting).toBe(0);
    await log.record(started);
    await log.close();
    expect(on.clock.waiting).toBe(0);
  });

  it('makes the log not ready', async () => {
    const log = await open();
    await expect(log.ready()).resolves.toBeUndefined();
    on.store.readFault = new Error('connection refused');
    await expect(log.ready()).rejects.toEqual(unavailable());
    on.store.readFault = undefined;
    on.store.head = () => new Promise(() => undefined);
    const ready = Promise.allSettled([log.ready()]);
    await on.clock.advance(2_500);
    await expect(ready).resolves.toMatchObject([{ status: 'rejected', reason: { code: 'audit_unavailable' } }]);
  });
});

async function storeEntry(index: number) {
  const { readFault } = on.store;
  on.store.readFault = undefined;
  const [entry] = await on.store.entries(index, index + 1);
  on.store.readFault = readFault;
  return entry!;
}
