import { Client } from 'pg';
import { CommitUnknown, type LogStore } from '#audit';
import { openStore, type Store, StoreError } from '#store';
import { checkLog, FakeClock, NaiveLog, someSubject } from '#testing';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { BreakingProxy } from './breaking-proxy.ts';

const origin = 'broker.example/audit/lost';

describe('a log in PostgreSQL whose connection breaks', () => {
  let postgres: TestPostgres;
  let proxy: BreakingProxy;
  let store: Store;
  let direct: Store;
  let log: LogStore;
  let naive: NaiveLog;

  beforeAll(async () => {
    postgres = await startPostgres();
    const started = await BreakingProxy.start(postgres.url);
    proxy = started.proxy;
    store = await openStore(started.url, new FakeClock());
    direct = await openStore(postgres.url, new FakeClock());
    log = store.log(origin);
    naive = new NaiveLog(log, origin);
    await naive.grow(2);
  });

  afterAll(async () => {
    await store.close();
    await direct.close();
    await proxy.stop();
    await postgres.stop();
  });

  it.each([
    ['never arrived', 'lost', undefined],
    ['was done, but its answer lost', 'kept', 'committed'],
  ] as const)('says CommitUnknown when COMMIT %s, and indexOf tells which', async (_what, fate, committed) => {
    const size = (await log.head())?.size ?? 0;
    const entry = naive.entry();
    proxy.breakAt('commit', fate);
    await expect(naive.append(entry)).rejects.toBeInstanceOf(CommitUnknown);
    expect(proxy.pending).toBe(0);
    expect(await log.indexOf(entry.eventId)).toBe(committed && size);
    await checkLog(direct.log(origin));
    await naive.grow(1);
    await checkLog(direct.log(origin));
  });

  it.each(['lost', 'kept'] as const)('keeps nothing when it breaks before COMMIT, the statement %s', async (fate) => {
    const before = await log.head();
    const entry = naive.entry();
    proxy.breakAt('where log_id = $5 and size = $6', fate);
    const error: unknown = await naive.append(entry).catch((reason: unknown) => reason);
    expect(proxy.pending).toBe(0);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: 'store_unavailable' });
    expect(await log.head()).toEqual(before);
    await naive.append(entry);
    await checkLog(direct.log(origin));
  });

  it('goes on when the server ends its idle connections', async () => {
    await Promise.all([store.ping(), log.head(), log.head(), someSubject(log)]);
    const ended = await postgres.sql(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'interlock' and datname = current_database()`);
    expect(ended.length).toBeGreaterThan(1);
    // A query may still meet a connection whose end has not been noticed; each such meeting uses one up.
    const attempts = ended.map(() => () => checkLog(log));
    let last: unknown = new Error('No attempt');
    for (const attempt of attempts) last = await attempt().catch((error: unknown) => error);
    expect(last).toHaveLength((await log.head())?.size ?? 0);
  });

  it('gives up with store_busy when somebody else keeps the head locked', async () => {
    const rival = new Client({ connectionString: postgres.url });
    await rival.connect();
    await rival.query('begin');
    await rival.query('select 1 from audit_head where origin = $1 for update', [origin]);
    await expect(naive.grow(1)).rejects.toMatchObject({ code: 'store_busy' });
    await rival.query('rollback');
    await rival.end();
    await naive.grow(1);
    await checkLog(direct.log(origin));
  });
});
