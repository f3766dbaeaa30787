import { type AuditLog, AuditUnavailable, type LogStore } from '#audit';
import { openStore, type Store } from '#store';
import { FailingLogStore, type Failure } from '#testing';
import { startPostgres } from '../support/postgres.ts';
import { TestLog } from './audit-logs.ts';
import { databases, startSqlite, type TestDatabase } from './databases.ts';

let origins = 0;

describe.each(databases)('an audit log in %s whose writes fail', (_name, start) => {
  let database: TestDatabase;
  let store: Store;
  let test: TestLog;
  let bytes: LogStore;
  let failing: FailingLogStore;
  let log: AuditLog;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new TestLog('unused').clock);
  });

  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  beforeEach(async () => {
    test = new TestLog(`broker.example/audit/failing-${++origins}`);
    bytes = store.log(test.origin);
    failing = new FailingLogStore(bytes);
    log = await test.open(failing);
    await log.record(test.intent('first'));
  });

  /** What the caller is told must be what the bytes say, at every step. */
  async function recordAndCheck(requestId: string): Promise<'recorded' | 'refused'> {
    const before = await test.check(bytes);
    const result = await log.record(test.intent(requestId)).catch((error: unknown) => error);
    const after = await test.check(bytes);
    if (result instanceof Error) {
      expect(result).toBeInstanceOf(AuditUnavailable);
      expect(after).toEqual(before);
      return 'refused';
    }
    expect(result).toEqual({ index: before.length, eventId: after.at(-1) });
    expect(after).toHaveLength(before.length + 1);
    return 'recorded';
  }

  it.each<readonly [readonly Failure[], 'recorded' | 'refused']>([
    [['refused'], 'refused'],
    [['lost'], 'recorded'],
    [['kept'], 'recorded'],
    [['lost', 'kept'], 'recorded'],
    [['lost', 'refused'], 'refused'],
    [['lost', 'lost'], 'refused'],
  ])('append %j: the event is %s once, and the log goes on', async (failures, outcome) => {
    failing.failAppends(...failures);
    expect(await recordAndCheck('second')).toBe(outcome);
    expect(await recordAndCheck('third')).toBe('recorded');
    await log.close();
  });

  it.each<Failure>(['refused', 'lost', 'kept'])(
    'pseudonym %s: the event is refused, the next has its pseudonym',
    async (failure) => {
      const reopened = await test.open(failing);
      failing.failSubjects(failure);
      await expect(reopened.record(test.intent('second'))).rejects.toBeInstanceOf(AuditUnavailable);
      expect(await test.check(bytes)).toHaveLength(2);
      await reopened.record(test.intent('third'));
      expect(await test.check(bytes)).toHaveLength(3);
      const actors = (await bytes.entries(1, 3)).map(({ columns }) => columns.actor);
      expect(new Set(actors).size).toBe(1);
      await reopened.close();
    },
  );

  it.each<Failure>(['refused', 'lost', 'kept'])(
    'first entry %s: opening again finds or writes it once',
    async (failure) => {
      const fresh = new TestLog(`broker.example/audit/failing-${++origins}`);
      const first = new FailingLogStore(store.log(fresh.origin));
      first.failAppends(failure);
      await fresh.open(first).then(
        (opened) => opened.close(),
        (error: unknown) => {
          expect(error).toBeInstanceOf(AuditUnavailable);
        },
      );
      await (await fresh.open(first)).close();
      expect(await fresh.check(store.log(fresh.origin))).toHaveLength(1);
    },
  );

  it('a store that is down: refused until it is back', async () => {
    failing.breakDown(new Error('down'));
    await expect(log.record(test.intent('second'))).rejects.toBeInstanceOf(AuditUnavailable);
    await expect(log.ready()).rejects.toBeInstanceOf(AuditUnavailable);
    failing.breakDown(undefined);
    await log.ready();
    expect(await recordAndCheck('third')).toBe('recorded');
  });
});

describe('an audit log whose database is made unwritable', () => {
  const unavailable = expect.objectContaining({ code: 'audit_unavailable' }) as Error;

  it('answers audit_unavailable on SQLite and goes on when it is mended', async () => {
    const database = await startSqlite();
    const test = new TestLog('broker.example/audit/unwritable');
    const store = await openStore(database.url, test.clock);
    const log = await test.open(store.log(test.origin));
    await log.record(test.intent('first'));
    await database.sql(`create trigger unwritable before insert on audit_leaf begin select raise(abort, 'no'); end`);
    await expect(log.record(test.intent('second'))).rejects.toEqual(unavailable);
    expect(await test.check(store.log(test.origin))).toHaveLength(2);
    await database.sql('drop trigger unwritable');
    await log.record(test.intent('third'));
    expect(await test.check(store.log(test.origin))).toHaveLength(3);
    await store.close();
    await database.stop();
  });

  it('answers audit_unavailable on PostgreSQL and goes on when it is mended', async () => {
    const database = await startPostgres();
    const test = new TestLog('broker.example/audit/unwritable');
    const store = await openStore(database.url, test.clock);
    const log = await test.open(store.log(test.origin));
    await log.record(test.intent('first'));
    await database.sql('alter table audit_leaf add constraint unwritable check (false) not valid');
    await expect(log.record(test.intent('second'))).rejects.toEqual(unavailable);
    expect(await test.check(store.log(test.origin))).toHaveLength(2);
    await database.sql('alter table audit_leaf drop constraint unwritable');
    await log.record(test.intent('third'));
    expect(await test.check(store.log(test.origin))).toHaveLength(3);
    await store.close();
    await database.stop();
  });
});
