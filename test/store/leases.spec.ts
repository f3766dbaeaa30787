import { Client } from 'pg';
import { openStore, type Store } from '#store';
import { FakeClock, leaseStoreContract, NaiveLog } from '#testing';
import { databases, startSqlite, type TestDatabase } from './databases.ts';
import { breath } from '../support/breath.ts';
import { startPostgres } from '../support/postgres.ts';

const hour = 3_600_000;

describe('leases in SQLite', () => {
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

  leaseStoreContract('SQLite', () => ({
    leases: store.leases,
    replicas: [store.leases],
    end: () => clock.advance(hour),
  }));
});

describe('leases in PostgreSQL', () => {
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

  leaseStoreContract('PostgreSQL', () => ({
    leases: stores[0]!.leases,
    replicas: stores.map(({ leases }) => leases),
    end: (name) => database.sql(`update lease set until = until - ${hour} where name = '${name}'`),
  }));

  it('makes an append wait for a rival that is taking the lease, and refuses it once it is taken', async () => {
    const log = stores[0]!.log('broker.example/audit/fenced');
    const naive = new NaiveLog(log, 'broker.example/audit/fenced');
    const intent = naive.entry();
    await naive.append(intent);
    const lease = await stores[0]!.leases.acquire('fenced', 'one', hour);
    const rival = new Client({ connectionString: database.url });
    await rival.connect();
    await rival.query(`begin; update lease set fence = fence + 1 where name = 'fenced'`);
    const append = log
      .append((head) => naive.integrate(head, [naive.entry()]), { unsettled: intent.eventId, lease: lease! })
      .catch((error: unknown) => error);
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    while ((await database.sql(waiting)).length === 0) await breath();
    await rival.query('commit');
    await rival.end();

    expect(await append).toMatchObject({ name: 'ConditionFailed', reason: 'lease_lost' });
    expect(await log.head()).toMatchObject({ size: 1 });
  });
});

describe.each(databases)('a conditional append on %s', (_name, start) => {
  it('is refused under a lease that is another’s', async () => {
    const database = await start();
    const store = await openStore(database.url, new FakeClock());
    const log = store.log('broker.example/audit/condition');
    const naive = new NaiveLog(log, 'broker.example/audit/condition');
    const intent = naive.entry();
    await naive.append(intent);
    const old = await store.leases.acquire('work', 'one', hour);
    await store.leases.acquire('work', 'one', hour);
    const condition = { unsettled: intent.eventId, lease: old! };
    const append = log.append((head) => naive.integrate(head, [naive.entry()]), condition);

    await expect(append).rejects.toMatchObject({ name: 'ConditionFailed', reason: 'lease_lost' });
    expect(await log.head()).toMatchObject({ size: 1 });
    await store.close();
    await database.stop();
  });
});
