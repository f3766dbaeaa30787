import { openStore, type Store } from '#store';
import { alarmBookContract, FakeClock, NaiveLog } from '#testing';
import { databases, type TestDatabase } from './databases.ts';

describe.each(databases)('alarms in %s', (name, start) => {
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

  /** Many logs in one database: the contract also shows that they do not see each other. */
  alarmBookContract(name, async () => {
    const origin = `broker.example/audit/${++logs}`;
    const naive = new NaiveLog(store.log(origin), origin);
    await store.log(origin).append((head) => ({ ...naive.integrate(head, [naive.entry()]), keep: true }));
    return store.alarms(origin);
  });
});
