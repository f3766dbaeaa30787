import { generateKeyPairSync, hash } from 'node:crypto';
import type { StoredField } from '#audit';
import { openStore } from '#store';
import { checkLog, columnsOfBody, FakeClock, NaiveLog, someField, someSubject } from '#testing';
import { startSqlite, type TestDatabase } from './databases.ts';

const origin = 'broker.example/audit/tampering';
const flip = (column: string) =>
  `case when substr(${column}, 1, 1) = x'00' then x'01' else x'00' end || substr(${column}, 2)`;

/** Stands for the ciphertext too: what the check is told to open is up to the test. */
const encoded = 'WyJzYWx0IiwiaXAiLCIxOTIuMC4yLjEiXQ';
const openField = (field: StoredField) => {
  const bytes = 'content' in field ? field.content : Buffer.from(field.encoded);
  return Promise.resolve({ name: field.name, encoded: Buffer.from(bytes).toString('latin1') });
};

/** Shows that the check which the other tests trust can fail. */
describe('checkLog finds', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await startSqlite();
    const store = await openStore(database.url, new FakeClock());
    const log = new NaiveLog(store.log(origin), origin);
    await log.grow(260);
    const [type, time] = ['request.denied', '2026-01-05T09:00:00.000Z'];
    const body = Buffer.from(JSON.stringify({ type, time, _sd: [hash('sha256', encoded, 'base64url')] }));
    const { ref } = await someSubject(store.log(origin));
    const field = { ...someField(ref, 'ip'), content: Buffer.from(encoded) };
    await log.append(log.entry({ body: new Uint8Array(body), columns: { type, time }, disclosures: [field] }));
    await store.close();
    const triggers = await database.sql(`select name from sqlite_master where type = 'trigger'`);
    await database.sql(triggers.map(({ name }) => `drop trigger ${String(name)};`).join('\n'));
  });

  afterEach(() => database.stop());

  async function check(statement: string, expected: Parameters<typeof checkLog>[1] = {}): Promise<unknown> {
    await database.sql(statement);
    const store = await openStore(database.url, new FakeClock());
    try {
      return await checkLog(store.log(origin), { openField, ...expected });
    } finally {
      await store.close();
    }
  }

  it.each([
    [
      'a changed body',
      `update audit_leaf set body = cast(replace(body, 'pause', 'start') as blob) where idx = 9`,
      /root/,
    ],
    [
      'two swapped bodies',
      `update audit_leaf set body = (select body from audit_leaf as o where o.idx = 9 - audit_leaf.idx)
      where idx in (4, 5)`,
      /root/,
    ],
    ['a removed tail', 'delete from audit_private; delete from audit_leaf where idx = 260', /260/],
    ['a removed entry', 'delete from audit_leaf where idx = 100', /260/],
    ['a renumbered entry', 'update audit_leaf set idx = 500 where idx = 7', /Entry 7/],
    ['a changed tile', `update audit_tile set hashes = cast(${flip('hashes')} as blob)`, /Tile 0\/0/],
    ['a missing tile', 'delete from audit_tile', /Tile 0\/0/],
    ['a tile too many', 'insert into audit_tile select log_id, 0, 1, hashes from audit_tile', /Tile 0\/1/],
    [
      'a changed right edge',
      `update audit_head set edge = cast(substr(edge, 1, 1) || ${flip('substr(edge, 2)')} as blob)`,
      /edge/,
    ],
    ['a changed root', `update audit_head set root = cast(${flip('root')} as blob)`, /root/],
    [
      'a checkpoint of another size',
      `update audit_head set checkpoint = replace(checkpoint, char(10) || '261', char(10) || '260')`,
      /size/,
    ],
    [
      'a checkpoint of another root',
      `update audit_head set checkpoint = replace(checkpoint, '=', 'A')`,
      /another root/,
    ],
    ['a changed disclosure', `update audit_private set content = x'41'`, /Disclosure ip/],
  ])('%s', async (_what, statement, complaint) => {
    await expect(check(statement)).rejects.toThrow(complaint);
  });

  it('a changed column', async () => {
    const expected = { columnsOf: columnsOfBody };
    expect(await check('select 1', expected)).toHaveLength(261);
    await expect(check(`update audit_leaf set rule = 'mine' where idx = 3`, expected)).rejects.toThrow(/Column rule/);
  });

  it('a checkpoint that the key did not sign', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    await expect(check('select 1', { publicKey })).rejects.toThrow(/not signed/);
  });

  it('nothing in a log that nobody touched', async () => {
    expect(await check('select 1')).toHaveLength(261);
  });
});
