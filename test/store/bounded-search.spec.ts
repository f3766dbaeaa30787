import { parseQuery, type SearchPage } from '#audit';
import { openStore, type SqlAuditSearch, type Store } from '#store';
import { FakeClock } from '#testing';
import { databases, type TestDatabase } from './databases.ts';

const origin = 'broker.example/audit/bounds';
const entries = 30_000;
/** The only entries with a rule and of another year. */
const ruled = [2, 29_998];

describe.each(databases)('a search that finds little in a long log in %s', (kind, start) => {
  let database: TestDatabase;
  let store: Store;
  let search: SqlAuditSearch;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
    search = store.search(origin);
    const body = kind === 'SQLite' ? "x'61'" : "'\\x61'";
    const zeros = kind === 'SQLite' ? `x'${'00'.repeat(32)}'` : `'\\x${'00'.repeat(32)}'`;
    // Intents with even indexes, each followed by its outcome.
    await database.sql(`insert into audit_head (origin, size, root, checkpoint) values ('${origin}', ${entries}, ${zeros}, 'none');
      insert into audit_leaf (log_id, idx, event_id, body, type, time, parent, action, job_id, rule, outcome)
      with recursive entry (n) as (select 0 union all select n + 1 from entry where n + 1 < ${entries})
      select 1, n, 'event-' || n, ${body}, case when n % 2 = 0 then 'pause.intent' else 'pause.outcome' end,
        case when n in (${ruled.join(', ')}) then '2025' else '2026' end || '-01-01T00:00:00.000Z', case when n % 2 = 1 then 'event-' || (n - 1) end,
        case when n % 2 = 0 then 'pause' end, 'job', case when n in (${ruled.join(', ')}) then 'rare' end,
        case when n % 2 = 1 then 'success' end from entry`);
  });

  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  /** All pages, by the indexes that are on each. */
  async function pagesOf(what: 'events' | 'operations', text: string, order: SearchPage['order']) {
    const pages: number[][] = [];
    let after: number | undefined;
    do {
      const page = { order, size: entries, limit: 51, ...(after !== undefined && { after }) };
      const { found, next } = await search[what](parseQuery(text), page);
      pages.push(found.map(({ entry }) => entry.index));
      after = next;
    } while (after !== undefined);
    return pages;
  }

  it.each([
    ['events', '-type:pause.intent -type:pause.outcome', []],
    ['events', 'job:job -type:pause.intent -type:pause.outcome', []],
    ['events', 'job:job rule:rare', ruled],
    ['events', '-rule:never action:pause outcome:success', []],
    ['operations', 'job:job rule:rare', ruled],
    ['operations', '-outcome:success', []],
    ['operations', 'rule:rare outcome:success', ruled],
  ] as const)('gives %s of "%s" in pages that end early, and loses none', async (what, text, wanted) => {
    for (const order of ['oldest', 'newest'] as const) {
      const pages = await pagesOf(what, text, order);
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flat()).toEqual(order === 'oldest' ? wanted : wanted.toReversed());
    }
  });

  it.each([
    ['events', 'job:never'],
    ['events', 'rule:rare'],
    ['events', 'created:2025-01-01'],
    ['operations', 'created:*..2025-06-01 -outcome:failure'],
    ['operations', 'type:pause.outcome'],
    ['operations', 'type:read.intent action:pause'],
  ] as const)('gives %s of "%s" in one page, because an index tells at once', async (what, text) => {
    expect(await pagesOf(what, text, 'newest')).toHaveLength(1);
  });
});
