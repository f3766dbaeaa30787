import { openStore, type Store } from '#store';
import { checkLog, FakeClock, NaiveLog, someField, someSubject } from '#testing';
import { databases, type TestDatabase } from './databases.ts';

const origin = 'broker.example/audit/append-only';

describe.each(databases)('the tables of %s', (_name, start) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
    const log = new NaiveLog(store.log(origin), origin);
    await log.grow(300);
    const { ref } = await someSubject(store.log(origin));
    await log.append(log.entry({ disclosures: [someField(ref)] }));
  });

  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  it.each([
    "update audit_leaf set rule = 'another'",
    'update audit_leaf set idx = idx + 1000',
    'delete from audit_leaf where idx = 299',
    'delete from audit_leaf where idx = 0',
    'update audit_head set min_index = 200',
    'update audit_head set min_index = 512',
    'update audit_tile set level = 1',
    'delete from audit_tile',
    "update audit_private set name = 'another'",
    'delete from audit_head',
    'update audit_head set size = size - 1',
    "update audit_head set origin = 'another'",
    `update audit_head set root = (select root from (select hashes as root from audit_tile) as other)`,
  ])('refuse: %s', async (statement) => {
    await expect(database.sql(statement)).rejects.toThrow();
    expect((await store.log(origin).head())?.size).toBe(301);
  });

  it('refuse an entry that is there already', async () => {
    await expect(
      database.sql(`insert into audit_leaf (log_id, idx, event_id, body, type, time)
        select log_id, idx, 'another', body, type, time from audit_leaf where idx = 7`),
    ).rejects.toThrow(/unique/i);
  });

  it('let disclosures and pseudonyms be erased, and the log still proves what it did', async () => {
    const { ref } = await someSubject(store.log(origin));
    await database.sql(
      `delete from audit_private where subject = '${ref}'; delete from data_key where ref = '${ref}';
       delete from subject where ref = '${ref}'`,
    );
    expect(await store.log(origin).disclosures(300)).toEqual([]);
    expect((await someSubject(store.log(origin))).ref).not.toBe(ref);
    expect((await store.log(origin).head())?.size).toBe(301);
  });

  it('refuse an integration that leaves a gap or does not grow, and keep nothing of it', async () => {
    const log = new NaiveLog(store.log('broker.example/audit/gap'), 'broker.example/audit/gap');
    await log.grow(2);
    for (const claimed of [2, 4, 0]) {
      const append = store.log('broker.example/audit/gap').append((head) => {
        const integration = log.integrate(head, [log.entry()]);
        return { ...integration, head: { ...integration.head, size: claimed } };
      });
      await expect(append).rejects.toThrow(TypeError);
    }
    expect(await checkLog(store.log('broker.example/audit/gap'))).toHaveLength(2);
  });
});
