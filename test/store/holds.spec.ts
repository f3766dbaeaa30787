import { openStore, type Store } from '#store';
import { FakeClock, holdStoreContract } from '#testing';
import { startPostgres } from '../support/postgres.ts';
import { TestLog } from './audit-logs.ts';
import { startSqlite, type TestDatabase } from './databases.ts';

let logs = 0;
const newLog = () => new TestLog(`broker.example/audit/holds-${++logs}`);

describe('holds in SQLite', () => {
  const clock = new FakeClock();
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await startSqlite();
    store = await openStore(database.url, clock);
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  holdStoreContract('SQLite', async () => {
    const log = newLog();
    const timers = store.holdTimers(log.origin);
    return {
      audit: await log.open(store.log(log.origin)),
      log: store.log(log.origin),
      holds: store.holds(log.origin),
      timers: [timers, timers],
      now: () => Promise.resolve(clock.now()),
      pass: (millis) => clock.advance(millis),
    };
  });
});

describe('holds in PostgreSQL', () => {
  let database: TestDatabase;
  let stores: readonly Store[];
  beforeAll(async () => {
    database = await startPostgres();
    // Clocks of replicas that are a day apart: what counts is the server's.
    const clocks = [new FakeClock(), new FakeClock('2026-01-06T09:00:00Z')];
    stores = await Promise.all(clocks.map((clock) => openStore(database.url, clock)));
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.stop();
  });

  holdStoreContract('PostgreSQL', async () => {
    const log = newLog();
    return {
      audit: await log.open(stores[0]!.log(log.origin)),
      log: stores[0]!.log(log.origin),
      holds: stores[0]!.holds(log.origin),
      timers: [stores[0]!.holdTimers(log.origin), stores[1]!.holdTimers(log.origin)],
      now: async () => {
        const [row] = await database.sql('select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now');
        return Number(row!['now']);
      },
      pass: (millis) => database.sql(`update hold_timer set lease_until = lease_until - ${millis}`),
    };
  });
});
