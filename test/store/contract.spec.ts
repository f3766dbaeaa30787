import { openStore, type Store } from '#store';
import { checkLog, FakeClock, logStoreContract, NaiveLog } from '#testing';
import { databases, type TestDatabase } from './databases.ts';

describe.each(databases)('a log in %s', (name, start) => {
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

  // Many logs in one database: the contract also shows that they do not see each other.
  const open = () => store.log(`broker.example/audit/${++logs}`);
  logStoreContract(name, () => Promise.resolve(open()));

  it('keeps any bytes as a body', async () => {
    const log = open();
    const naive = new NaiveLog(log, 'broker.example/audit/bytes');
    const body = Uint8Array.from({ length: 16_384 }, (_, at) => at);
    await naive.append(naive.entry({ body }));
    expect((await checkLog(log))[0]?.body).toEqual(body);
  });

  it('keeps tiles of different levels apart, however far the log goes', async () => {
    const log = open();
    const naive = new NaiveLog(log, 'broker.example/audit/tiles');
    const tile = (level: number, index: number, fill: number) => ({
      level,
      index,
      hashes: new Uint8Array(8192).fill(fill),
    });
    const tiles = [tile(0, 1, 1), tile(1, 0, 2), tile(2, 1, 3), tile(0, 4_000_000_000, 4)];
    await log.append((head) => ({ ...naive.integrate(head, [naive.entry()]), tiles }));
    for (const { level, index, hashes } of tiles) expect(await log.tile(level, index)).toEqual(hashes);
    expect(await log.tile(1, 1)).toBeUndefined();
  });
});
