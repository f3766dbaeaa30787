import { hash, randomBytes } from 'node:crypto';
import { openStore, type Store } from '#store';
import { FakeClock } from '#testing';
import { databases, type TestDatabase } from './databases.ts';

describe.each(databases)('policies kept in %s', (_name, start) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  it('are found by the hash of their exact bytes, however often they were kept and after a restart', async () => {
    // No valid UTF-8: nothing may pass through a string.
    const documents = [Buffer.from('version: 1\r\n'), randomBytes(4096), Buffer.from([0, 255, 0])];
    for (const document of [...documents, ...documents]) await store.policies.keep(document);
    await store.close();
    store = await openStore(database.url, new FakeClock());

    for (const document of documents) {
      expect(await store.policies.document(hash('sha256', document))).toEqual(new Uint8Array(document));
    }
    expect(await store.policies.document('0'.repeat(64))).toBeUndefined();
  });

  it.each([
    'update policy_document set content = null',
    "update policy_document set sha256 = '0'",
    'delete from policy_document',
  ])('refuse: %s', async (statement) => {
    await store.policies.keep(Buffer.from('version: 1'));

    await expect(database.sql(statement)).rejects.toThrow(/append-only/);
    expect(await store.policies.document(hash('sha256', 'version: 1'))).toBeDefined();
  });
});
