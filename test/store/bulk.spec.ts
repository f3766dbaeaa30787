import { randomBytes } from 'node:crypto';
import { bulkLeaseName, newEventId } from '#audit';
import { type EpochMillis, parseJobRef } from '#kernel';
import { openStore, type Store } from '#store';
import { bulkStoreContract, FakeClock } from '#testing';
import { TestLog } from './audit-logs.ts';
import { databases, type TestDatabase } from './databases.ts';

const origin = 'broker.example/audit/bulk';

describe.each(databases)('bulk operations in %s', (name, start) => {
  let database: TestDatabase;
  let stores: readonly [Store, Store];

  beforeAll(async () => {
    database = await start();
    const store = await openStore(database.url, new FakeClock());
    // SQLite has one process: only PostgreSQL is seen over two connections.
    stores = [store, name === 'SQLite' ? store : await openStore(database.url, new FakeClock())];
    for (const log of [origin, `${origin}/other`].map((one) => new TestLog(one))) {
      await (await log.open(store.log(log.origin))).close();
    }
  });
  afterAll(async () => {
    await Promise.all([...new Set(stores)].map((store) => store.close()));
    await database.stop();
  });

  bulkStoreContract(name, () =>
    Promise.resolve({
      store: stores[0].bulk(origin),
      other: stores[1].bulk(origin),
      stranger: stores[0].bulk(`${origin}/other`),
    }),
  );

  it('take their leases with them when they are forgotten', async () => {
    const [{ leases }] = stores;
    const bulk = stores[0].bulk(origin);
    const id = newEventId(0 as EpochMillis, randomBytes);
    const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
    await bulk.create({ id, action: 'pause', owner: 'somebody' }, [{ job }]);
    await leases.acquire(bulkLeaseName(id), 'one', 1_000);
    await leases.acquire('another lease', 'one', 1_000);
    await bulk.end(id, 1 as EpochMillis);
    await bulk.forget(2 as EpochMillis);

    expect(await leases.acquire(bulkLeaseName(id), 'two', 1_000)).toMatchObject({ fence: 1 });
    expect(await leases.acquire('another lease', 'two', 1_000)).toBeUndefined();
  });
});
