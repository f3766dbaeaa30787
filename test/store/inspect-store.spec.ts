import { writeFile } from 'node:fs/promises';
import { inspectStore, openStore, type Store, type StoreInspection } from '#store';
import { TestLog } from './audit-logs.ts';
import { databases, startSqlite, type TestDatabase } from './databases.ts';

async function inspected<Result>(url: string, look: (store: StoreInspection) => Promise<Result> | Result) {
  const store = await inspectStore(url);
  if (store === 'absent') throw new Error('there is no database');
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

describe.each(databases)('a look into a %s database', (_, start) => {
  const log = new TestLog('broker.example/audit/inspected');
  let database: TestDatabase;
  let owner: Store | undefined;

  beforeAll(async () => {
    database = await start();
    await database.sql('create table somebody_elses (id integer)');
  });
  afterAll(async () => {
    await owner?.close();
    await database.stop();
  });

  it('that nobody has opened yet finds no schema, and makes none', async () => {
    expect(await inspected(database.url, ({ schema }) => schema)).toBe('none');
    expect(await inspected(database.url, (store) => store.head(log.origin))).toBeUndefined();
    expect(await inspected(database.url, (store) => store.disclosureKeyId())).toBeUndefined();
    await expect(database.sql('select * from audit_head')).rejects.toThrow();
  });

  it('that a broker has open sees the head that the broker has committed, and hinders nobody', async () => {
    owner = await openStore(database.url, log.clock);
    const audit = await log.open(owner.log(log.origin));
    const seen = await inspected(database.url, async (store) => {
      await audit.record(log.intent('while being looked at'));
      return {
        schema: store.schema,
        head: await store.head(log.origin),
        disclosureKeyId: await store.disclosureKeyId(),
      };
    });

    expect(seen).toMatchObject({
      schema: 'current',
      head: { size: 2, checkpoint: audit.checkpoint() },
      disclosureKeyId: log.disclosureKey.id,
    });
    await audit.close();
  });

  it('tells a schema of a newer version and of an older one', async () => {
    await database.sql(`insert into kysely_migration (name, timestamp) values ('9999_from_the_future', '2099')`);
    expect(await inspected(database.url, ({ schema }) => schema)).toBe('newer');

    await database.sql(`delete from kysely_migration`);
    expect(await inspected(database.url, ({ schema }) => schema)).toBe('older');
  });
});

describe('a look for a SQLite file', () => {
  it('that is not there does not make it', async () => {
    const { path, stop } = await startSqlite();

    expect(await inspectStore(`sqlite:${path}-not-there`)).toBe('absent');
    expect(await inspectStore(`sqlite:${path}-not-there`)).toBe('absent');
    await stop();
  });

  it('that is no database says so', async () => {
    const { path, stop } = await startSqlite();
    await writeFile(path, 'this is a letter and not a database, and it is long enough to be read as one'.repeat(20));

    await expect(inspectStore(`sqlite:${path}`)).rejects.toMatchObject({ code: 'store_corrupt' });
    await stop();
  });
});
