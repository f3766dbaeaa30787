import { parseQuery, type SearchPage } from '#audit';
import { openStore, type SqlAuditSearch, type Store } from '#store';
import { FakeClock } from '#testing';
import { databases, type TestDatabase } from './databases.ts';

const origin = 'broker.example/audit/blocks';
const entries = 5_000;
/** Entries of this job, which is in some blocks of the log and not in others. */
const rare = [3, 1_023, 1_024, 1_025, 4_095, 4_999];

describe.each(databases)('a filter that is read block by block in %s', (kind, start) => {
  let database: TestDatabase;
  let store: Store;
  let search: SqlAuditSearch;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
    search = store.search(origin);
    const body = kind === 'SQLite' ? "x'61'" : "'\\x61'";
    const zeros = kind === 'SQLite' ? `x'${'00'.repeat(32)}'` : `'\\x${'00'.repeat(32)}'`;
    await database.sql(`insert into audit_head (origin, size, root, checkpoint) values ('${origin}', ${entries}, ${zeros}, 'none');
      insert into audit_leaf (log_id, idx, event_id, body, type, time, job_id)
      with recursive entry (n) as (select 0 union all select n + 1 from entry where n + 1 < ${entries})
      select 1, n, 'event-' || n, ${body}, 'pause.outcome', '2026-01-01T00:00:00.000Z',
        case when n in (${rare.join(', ')}) then 'rare' when n % 2 = 0 then 'even' else 'odd' end from entry`);
  });

  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  const found = async (text: string, page: Omit<SearchPage, 'size'> & { readonly size?: number }) =>
    (await search.events(parseQuery(text), { size: entries, ...page })).found.map(({ entry }) => entry.index);

  it('finds what is in few blocks, in either order', async () => {
    expect(await found('job:rare', { order: 'oldest', limit: 9 })).toEqual(rare);
    expect(await found('job:rare', { order: 'newest', limit: 9 })).toEqual(rare.toReversed());
  });

  it('stops at the limit, and goes on after a position', async () => {
    expect(await found('job:rare', { order: 'newest', limit: 2 })).toEqual([4_999, 4_095]);
    expect(await found('job:rare', { order: 'newest', limit: 2, after: 4_095 })).toEqual([1_025, 1_024]);
    expect(await found('job:rare', { order: 'oldest', limit: 2, after: 1_023 })).toEqual([1_024, 1_025]);
  });

  it('keeps to the size and to a range of indexes within a block', async () => {
    expect(await found('job:rare', { order: 'newest', limit: 9, size: 1_025 })).toEqual([1_024, 1_023, 3]);
    expect(await found('job:rare index:1024..4095', { order: 'oldest', limit: 9 })).toEqual([1_024, 1_025, 4_095]);
  });

  it('keeps the order over the ends of blocks', async () => {
    const odd = Array.from({ length: 2_000 }, (_, at) => 2 * at + 1).filter((index) => !rare.includes(index));
    expect(await found('job:odd index:0..3999', { order: 'oldest', limit: 5_000 })).toEqual(odd);
    expect(await found('job:odd index:0..3999', { order: 'newest', limit: 5_000 })).toEqual(odd.toReversed());
  });

  it('finds nothing where nothing is', async () => {
    expect(await found('job:other', { order: 'newest', limit: 9 })).toEqual([]);
  });
});
