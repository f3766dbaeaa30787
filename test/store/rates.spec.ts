import { openStore, type Store } from '#store';
import { FakeClock } from '#testing';
import { databases, type TestDatabase } from './databases.ts';

const limit = { requests: 3, perMillis: 86_400_000 };

describe.each(databases)('counts of rates on %s', (name, start) => {
  let database: TestDatabase;
  let stores: readonly [Store, Store];
  beforeAll(async () => {
    database = await start();
    const open = () => openStore(database.url, new FakeClock());
    const first = await open();
    // A SQLite file has one broker.
    stores = [first, name === 'SQLite' ? first : await open()];
  });
  afterAll(async () => {
    await Promise.all([...new Set(stores)].map((store) => store.close()));
    await database.stop();
  });

  it('let so many through, whichever replica counts them, and tell what is left', async () => {
    const taken = [];
    for (const at of [0, 1, 0, 1, 0] as const) taken.push(await stores[at].rates.take('caller', limit));
    expect(taken.map(({ within, remaining }) => [within, remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ]);
    for (const { resetMillis } of taken) {
      expect(resetMillis).toBeGreaterThan(0);
      expect(resetMillis).toBeLessThanOrEqual(limit.perMillis);
    }
  });

  it('keep callers and limits apart', async () => {
    await stores[0].rates.take('one', { ...limit, requests: 1 });
    expect(await stores[1].rates.take('one', { ...limit, requests: 1 })).toMatchObject({ within: false });
    expect(await stores[1].rates.take('one', limit)).toMatchObject({ within: true, remaining: 2 });
    expect(await stores[0].rates.take('two', { ...limit, requests: 1 })).toMatchObject({ within: true });
  });

  it('let through no more than that when all ask at once', async () => {
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, at) => stores[at % 2 ? 1 : 0].rates.take('all', limit)),
    );
    expect(taken.filter(({ within }) => within)).toHaveLength(3);
  });
});

describe('counts of rates on PostgreSQL', () => {
  const [, start] = databases[1]!;
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
  });
  afterAll(() => database.stop());

  it('name no caller, and go when their window is over', async () => {
    await store.rates.take('somebody', limit);
    const counts = await database.sql('select * from rate_limit');
    expect(counts).toHaveLength(1);
    expect(JSON.stringify(counts)).not.toContain('somebody');
    expect(await store.rates.removeEnded(10)).toBe(0);
    await database.sql('update rate_limit set expire = expire - 2 * 86400000');
    expect(await store.rates.take('somebody', limit)).toMatchObject({ within: true, remaining: 2 });
    await database.sql('update rate_limit set expire = expire - 2 * 86400000');
    expect(await store.rates.removeEnded(10)).toBe(1);
  });

  it('go on alone while the database is away', async () => {
    await store.close();
    const taken = [];
    for (let times = 0; times < 4; times++) taken.push((await store.rates.take('alone', limit)).within);
    expect(taken).toEqual([true, true, true, false]);
  });
});
