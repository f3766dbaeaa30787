import { checkDatabase } from '../../apps/verifier/src/database/check-database.ts';
import { addressOf, openRows } from '../../apps/verifier/src/database/open-rows.ts';
import { Trust } from '../../apps/verifier/src/note/trust.ts';
import { TrustedKey } from '../../apps/verifier/src/note/trusted-key.ts';
import { Report } from '../../apps/verifier/src/report/report.ts';
import { type CorpusStore, corpusStores, startPostgresStore } from './corpus-stores.ts';
import { newKey, writeLogInto } from './real-log.ts';

const key = newKey();
const count = 'select cast(count(*) as text) from audit_leaf';

describe.each(corpusStores)('a log on %s that grows while it is verified', (_name, start) => {
  let store: CorpusStore;

  beforeAll(async () => {
    store = await start(key, 550);
  });
  afterAll(() => store.stop());

  it('is verified as it was at the first look', async () => {
    const rows = await openRows(addressOf(store.address));
    expect(await rows.rows(count)).toEqual([['550']]);
    await writeLogInto(store.address.replace(/^\//, 'sqlite:/'), key, 560, []);
    const report = new Report();
    await checkDatabase(rows, Trust.of([TrustedKey.parse(key.vkey)]), [], report);
    await rows.close();
    expect(report.result()).toMatchObject({ verdict: 'verified', facts: { size: 550 }, entries: { verified: 550 } });
  });

  it('can be read by no other way than reading', async () => {
    const rows = await openRows(addressOf(store.address));
    await expect(async () => rows.rows("update audit_leaf set actor = 'x' returning idx")).rejects.toThrow(/Interlock/);
    await rows.close();
  });
});

it('PostgreSQL shows every thread the moment of the first', async () => {
  const store = await startPostgresStore(key, 520);
  const first = await openRows(addressOf(store.address));
  const address = await first.share();
  await writeLogInto(store.address, key, 530, []);
  const second = await openRows(address);
  expect([await first.rows(count), await second.rows(count)]).toEqual([[['520']], [['520']]]);
  await second.close();
  await first.close();
  await store.stop();
});
