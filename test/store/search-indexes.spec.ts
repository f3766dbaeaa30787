import { parseQuery, type SearchPage } from '#audit';
import { openStore, type SqlAuditSearch, type Store } from '#store';
import { FakeClock } from '#testing';
import { startPostgres } from '../support/postgres.ts';
import { startSqlite, type TestDatabase } from './databases.ts';

const origin = 'broker.example/audit/indexes';
const entries = 30_000;
const page: SearchPage = { order: 'newest', size: entries, limit: 50, after: entries - 100 };
const guid = '00000000-0000-4000-8000-000000000007';

/** A filter of each kind, and the index from which it is read. */
const filters: readonly (readonly [string, string])[] = [
  [`actor:${'7'.padStart(22, 'A')}`, 'actor'],
  [`application:${guid}`, 'application'],
  ['action:start', 'action'],
  ['type:start.intent', 'type'],
  [`principal:${guid}`, 'principal'],
  ['job:Job.7', 'job'],
  ['decision:deny', 'decision'],
  ['outcome:unknown', 'outcome'],
  ['rule:rule-7', 'rule'],
  ['ticket:CHG7', 'ticket'],
  ['request:request-7', 'request_id'],
  ['client-request:client-7', 'client_request_id'],
];

describe("a reviewer's filter", () => {
  describe('in SQLite', () => {
    let database: TestDatabase;
    let store: Store;
    let search: SqlAuditSearch;

    beforeAll(async () => {
      database = await startSqlite();
      store = await openStore(database.url, new FakeClock());
      search = store.search(origin);
    });

    afterAll(async () => {
      await store.close();
      await database.stop();
    });

    it.each(filters)('%s is read from the parts of its index for some blocks', async (text, index) => {
      const plan = await search.plan('events', parseQuery(text), page);
      expect(plan).toMatch(
        new RegExp(`SEARCH leaf USING INDEX audit_leaf_${index} \\(log_id=\\? AND <expr>=\\? AND \\w+=\\? AND idx>`),
      );
    });

    it.each(filters)('%s is read for operations from the same parts', async (text, index) => {
      const plan = await search.plan('operations', parseQuery(text), page);
      expect(plan).toMatch(
        new RegExp(
          `SEARCH (began|ended) USING INDEX audit_leaf_${index} \\(log_id=\\? AND <expr>=\\? AND \\w+=\\? AND`,
        ),
      );
    });

    it('is read from the index of what is rare when there are several', async () => {
      const plan = await search.plan('events', parseQuery('action:pause decision:allow ticket:CHG7 -rule:x'), page);
      expect(plan).toContain('SEARCH leaf USING INDEX audit_leaf_ticket (');
    });

    it.each([
      ['job:Job.7 outcome:failure', 'outcome'],
      ['job:Job.7 outcome:success', 'job'],
      ['ticket:CHG7 outcome:failure', 'ticket'],
    ])('%s is read from the index of %s', async (text, index) => {
      const plan = await search.plan('events', parseQuery(text), page);
      expect(plan).toContain(`SEARCH leaf USING INDEX audit_leaf_${index} (`);
    });

    it.each(['', '-action:read', 'created:2026-01-01..*', 'index:5..9'])(
      '"%s" is read along the log itself',
      async (text) => {
        const plan = await search.plan('events', parseQuery(text), page);
        expect(plan).toMatch(
          /SEARCH leaf USING INDEX sqlite_autoindex_audit_leaf_\d \(log_id=\? AND idx>\? AND idx<\?\)/,
        );
        expect(plan).not.toContain('TEMP B-TREE');
      },
    );

    it('by time becomes a range of the log from one look into an index per block', async () => {
      expect(await search.planOfPeriod(parseQuery('created:2026-01-01..2026-02-01'), page)).toMatch(
        /SEARCH leaf USING COVERING INDEX audit_leaf_period \(log_id=\? AND <expr>=\? AND time>\? AND time<\?\)/,
      );
    });

    it('of what follows an intent, or of an event id, has an index', async () => {
      const plan = async (filter: string) =>
        (await database.sql(`explain query plan select body from audit_leaf where log_id = 1 and ${filter}`))
          .map(({ detail }) => String(detail))
          .join('; ');
      expect(await plan("parent in ('a', 'b')")).toContain('USING INDEX audit_leaf_parent (');
      expect(await plan("event_id = 'a'")).toContain('(event_id=?)');
    });
  });

  it('for the last change of a job reads one row and one entry, however often the job was changed', async () => {
    const database = await startSqlite();
    await (await openStore(database.url, new FakeClock())).close();
    const plan = await database.sql(`explain query plan select leaf.body from job_change as last
      join audit_leaf as leaf on leaf.log_id = last.log_id and leaf.idx = last.idx
      where last.log_id = 1 and last.service_principal_id = 'a' and last.job_id = 'b'`);
    await database.stop();
    expect(plan.map(({ detail }) => String(detail))).toEqual([
      expect.stringMatching(/^SEARCH last USING PRIMARY KEY \(log_id=\? AND service_principal_id=\? AND job_id=\?\)$/),
      expect.stringMatching(/^SEARCH leaf USING [^;]*\(log_id=\? AND idx=\?\)$/),
    ]);
  });

  describe('in PostgreSQL', () => {
    let database: TestDatabase;
    let store: Store;
    let search: SqlAuditSearch;

    beforeAll(async () => {
      database = await startPostgres();
      store = await openStore(database.url, new FakeClock());
      search = store.search(origin);
      await database.sql(fill);
    });

    afterAll(async () => {
      await store.close();
      await database.stop();
    });

    it.each(filters)('%s is read from its index', async (text, index) => {
      for (const kind of ['events', 'operations'] as const) {
        const plan = await search.plan(kind, parseQuery(text), page);
        expect(plan).toContain(`audit_leaf_${index} `);
        expect(plan).not.toContain('Seq Scan on audit_leaf');
      }
    });

    it.each(['', '-action:read', 'created:2026-01-01..*', 'index:5..9'])(
      '"%s" is read along the log itself',
      async (text) => {
        expect(await search.plan('events', parseQuery(text), page)).toContain('using audit_leaf_pkey');
      },
    );

    it('by time becomes a range of the log from one look into an index per block', async () => {
      const plan = await search.planOfPeriod(parseQuery('created:2026-01-01..2026-02-01'), page);
      expect(plan).toContain('using audit_leaf_period on');
      expect(plan).not.toContain('Seq Scan on audit_leaf');
    });
  });
});

/** A log whose filters find one entry in a thousand, so that an index pays. */
const fill = `
  insert into audit_head (origin, size, root, checkpoint) values ('${origin}', ${entries}, decode(repeat('00', 32), 'hex'), 'none');
  insert into audit_leaf (log_id, idx, event_id, body, type, time, parent, actor, application, action,
    service_principal_id, job_id, decision, outcome, rule, ticket, request_id, client_request_id)
  select 1, n, 'event-' || n, decode(repeat('61', 900), 'hex'), case when n % 1000 = 7 then 'start.intent' else 'pause.intent' end,
    '2026-01-01T00:00:00.000Z', 'event-' || (n - 1), lpad((n % 1000)::text, 22, 'A'),
    '00000000-0000-4000-8000-' || lpad((n % 1000)::text, 12, '0'), case when n % 1000 = 7 then 'start' else 'pause' end,
    '00000000-0000-4000-8000-' || lpad((n % 1000)::text, 12, '0'), 'Job.' || n % 1000,
    case when n % 1000 = 7 then 'deny' else 'allow' end, case when n % 1000 = 7 then 'unknown' else 'success' end,
    'rule-' || n % 1000, 'CHG' || n % 1000, 'request-' || n % 1000, 'client-' || n % 1000
  from generate_series(0, ${entries - 1}) as n;
  analyze audit_leaf`;
