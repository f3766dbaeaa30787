import { reasons } from '../support/verifier-process.ts';
import { checkAddress, checkRows } from './check-address.ts';
import { corpusSize } from './corpus-size.ts';
import { type CorpusStore, corpusStores, personalEntries } from './corpus-stores.ts';
import { besideEntries, entryTamperings } from './entry-tamperings.ts';
import { newKey } from './real-log.ts';
import { flipped, type TamperedLog } from './tampered-log.ts';
import { treeTamperings } from './tree-tamperings.ts';

const key = newKey();

describe.each(corpusStores)('the verifier, with nothing but a database on %s and a key,', (_name, start) => {
  let store: CorpusStore;

  beforeAll(async () => {
    store = await start(key, corpusSize);
  });
  afterAll(() => store.stop());

  async function afterwards(change: (log: TamperedLog) => Promise<unknown>) {
    const log = await store.copy();
    try {
      await change(log);
      const rows = await log.rows();
      const result = await checkRows(rows, key);
      await rows.close();
      return result;
    } finally {
      await log.drop();
    }
  }

  it('verifies the log that nobody touched', async () => {
    const untouched = await checkAddress(store.address, key);
    expect(untouched).toMatchObject({ verdict: 'verified', problems: [], incomplete: [] });
    expect(untouched.entries).toEqual({ verified: corpusSize, pruned: 0, missing: 0, mismatch: 0 });
    expect(untouched.fields).toEqual({ disclosed: 4 * personalEntries(corpusSize), erased: 0, sealed: 0 });
  });

  it('verifies a copy from which only triggers and constraints were taken', async () => {
    expect(await afterwards(() => Promise.resolve())).toMatchObject({ verdict: 'verified', problems: [] });
  });

  it.each([...entryTamperings, ...besideEntries, ...treeTamperings])('finds %s', async (_what, change, found) => {
    const result = await afterwards(change);
    expect(reasons(result)).toEqual([...found].sort());
    expect(result.verdict).toBe('mismatch');
  });

  it('finds two swapped bodies', async () => {
    const result = await afterwards(async (log) => {
      const [one, other] = [await log.body(40), await log.body(400)];
      await log.setBody(40, other);
      await log.setBody(400, one);
    });
    const codes = ['moved', 'disclosure', 'column:event_id', 'column:request_id'];
    expect(reasons(result)).toEqual(expect.arrayContaining(codes.flatMap((code) => [`${code} 40`, `${code} 400`])));
  });

  it('finds a head that was put back alone', async () => {
    const result = await afterwards((log) => log.setHead('checkpoint', store.kept.checkpoints.get(512) ?? ''));
    const unsigned = Array.from({ length: corpusSize - 512 }, (_, at) => `unsigned-entry ${512 + at}`);
    expect(reasons(result)).toEqual(['edge', 'root', 'size', ...unsigned].sort());
  });

  it('finds everything at once, not the first alone', async () => {
    const result = await afterwards(async (log) => {
      await log.rewrite(17);
      await log.sql('delete from audit_leaf where idx = 300');
      await log.sql("update audit_leaf set actor = 'x' where idx = 600");
      await log.setTile(1, flipped(await log.tile(1), 32 * 9));
    });
    expect(reasons(result)).toEqual(expect.arrayContaining(['body 17', 'column:actor 600', 'gap 300']));
    expect(result.problems.length).toBeGreaterThan(3);
  });

  it('tells an erased field from tampering', async () => {
    const result = await afterwards((log) => log.sql("delete from audit_private where idx = 60 and name = 'reason'"));
    expect(result).toMatchObject({ verdict: 'verified', fields: { erased: 1 }, erasedEntries: [[60, 60]] });
  });

  it.each([300, 512, corpusSize])('verifies that the log extends its checkpoint of %d', async (at) => {
    const seen = store.kept.checkpoints.get(at) ?? '';
    expect(await checkAddress(store.address, key, [seen])).toMatchObject({ verdict: 'verified' });
  });
});
