import { openStore, type Store } from '#store';
import { anchorStoreContract, FakeClock, NaiveLog } from '#testing';
import { databases, type TestDatabase } from './databases.ts';

describe.each(databases)('anchors in %s', (name, start) => {
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
  async function begun(): Promise<string> {
    const origin = `broker.example/audit/${++logs}`;
    const naive = new NaiveLog(store.log(origin), origin);
    await store.log(origin).append((head) => ({ ...naive.integrate(head, [naive.entry()]), keep: true }));
    return origin;
  }

  anchorStoreContract(name, async () => store.anchors(await begun()));

  it('give a kept checkpoint to the log with its cosignatures', async () => {
    const origin = await begun();
    const line = '— witness.example/w1 AAAAAAA=\n';
    await store.anchors(origin).keep({
      size: 2,
      checkpoint: 'checkpoint\n',
      cosignatures: [{ name: 'witness.example/w1', keyId: 'ebade89d', time: 1, line }],
    });
    expect(await store.log(origin).kept(2)).toBe(`checkpoint\n${line}`);
  });

  it.each([
    'delete from audit_kept_entry',
    "update audit_checkpoint set note = 'another'",
    'delete from audit_checkpoint',
    "update audit_cosignature set line = 'another'",
    'delete from audit_cosignature',
  ])('are not undone: %s', async (statement) => {
    const cosignatures = [{ name: 'w', keyId: 'ebade89d', time: 1, line: 'line' }];
    await store.anchors(await begun()).keep({ size: 2, checkpoint: 'checkpoint', cosignatures });
    await expect(database.sql(statement)).rejects.toThrow();
  });
});
