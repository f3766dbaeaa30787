import { openStore, type Store } from '#store';
import { FakeClock, sessionStoreContract } from '#testing';
import { startPostgres } from '../support/postgres.ts';
import { startSqlite, type TestDatabase } from './databases.ts';

describe.each([
  { name: 'SQLite', start: startSqlite, others: 0 },
  { name: 'PostgreSQL', start: startPostgres, others: 1 },
])('sessions in $name', ({ name, start, others }) => {
  let database: TestDatabase;
  let stores: readonly [Store, ...Store[]];
  beforeAll(async () => {
    database = await start();
    const open = () => openStore(database.url, new FakeClock());
    stores = [await open(), ...(await Promise.all(Array.from({ length: others }, open)))];
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.stop();
  });

  sessionStoreContract(name, () => {
    const [first, ...rest] = stores;
    return [first.sessions, ...rest.map(({ sessions }) => sessions)];
  });
});
