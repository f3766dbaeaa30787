import fc from 'fast-check';
import {
  type AuditQuery,
  type FoundPart,
  type LeafColumns,
  type LogStore,
  type NewEntry,
  parseQuery,
  type SearchPage,
  type StoredEntry,
} from '#audit';
import type { EpochMillis } from '#kernel';
import { openStore, type SqlAuditSearch, type Store } from '#store';
import { FakeClock, NaiveLog, someSubject } from '#testing';
import { databases, type TestDatabase } from './databases.ts';
import { isTrueOf, naiveOperations } from './naive-search.ts';

const origin = 'broker.example/audit/search';
const guid = (digit: number) => `${digit}0000000-0000-4000-8000-000000000000`;
const begin = Date.parse('2026-01-05T09:00:00Z');
const timeOf = (at: number) => new Date(begin + at * 1000).toISOString();

const sometimes = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const values = {
  actor: fc.constantFrom('A'.repeat(22), 'B'.repeat(22)),
  application: fc.constantFrom(guid(1), guid(2)),
  action: fc.constantFrom('read', 'pause', 'start'),
  type: fc.constantFrom('request.denied', 'list.intent', 'read.intent', 'pause.intent', 'start.intent', 'audit.read'),
  principal: fc.constantFrom(guid(3), guid(4)),
  job: fc.constantFrom('Workday.1', 'Workday.2'),
  decision: fc.constantFrom('allow', 'deny'),
  outcome: fc.constantFrom('success', 'failure', 'unknown', 'applied'),
  rule: fc.constantFrom('first', 'a "quoted" one'),
  ticket: fc.constantFrom('CHG1', '=1+1'),
  request: fc.constantFrom('r1', 'r2', 'r3'),
  'client-request': fc.constantFrom('c1', 'c2'),
} as const;

const intent: fc.Arbitrary<LeafColumns> = fc
  .record({
    type: values.type,
    // Not in the order of the log, as with replicas whose clocks differ.
    time: fc.nat(60).map(timeOf),
    actor: sometimes(values.actor),
    application: sometimes(values.application),
    action: sometimes(values.action),
    servicePrincipalId: sometimes(values.principal),
    jobId: sometimes(values.job),
    decision: sometimes(values.decision),
    rule: sometimes(values.rule),
    ticket: sometimes(values.ticket),
    requestId: sometimes(values.request),
    clientRequestId: sometimes(values['client-request']),
  })
  .map((columns) => present(columns));

function present(columns: object): LeafColumns {
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== undefined),
  ) as unknown as LeafColumns;
}

const negated = fc.boolean();
const term = fc.oneof(
  ...Object.entries(values).map(([field, value]) =>
    fc.record({
      kind: fc.constant('value' as const),
      field: fc.constant(field as keyof typeof values),
      value,
      negated,
    }),
  ),
  fc.tuple(fc.nat(60), fc.nat(20), negated).map(([from, length, not]) => ({
    kind: 'created' as const,
    from: Date.parse(timeOf(from)) as EpochMillis,
    to: Date.parse(timeOf(from + length)) as EpochMillis,
    negated: not,
  })),
  fc.tuple(fc.nat(300), fc.nat(200), negated).map(([from, length, not]) => ({
    kind: 'index' as const,
    from,
    to: from + length,
    negated: not,
  })),
);
const query: fc.Arbitrary<AuditQuery> = fc.uniqueArray(term, {
  maxLength: 4,
  selector: (one) => (one.negated ? one : one.kind === 'value' ? one.field : one.kind),
});

describe.each(databases)('a search in %s', (_name, start) => {
  let database: TestDatabase;
  let store: Store;
  let search: SqlAuditSearch;
  let log: readonly StoredEntry[];

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
    search = store.search(origin);
    await fill(store.log(origin));
    // A log beside it, with the same values: what is of another log must never be found.
    await fill(store.log(`${origin}/other`));
    log = await store.log(origin).entries(0, 10_000);
  });

  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  async function fill(target: LogStore): Promise<void> {
    const naive = new NaiveLog(target, origin);
    const begun = fc.sample(intent, { numRuns: 200, seed: 3 }).map((columns) => naive.entry({ columns }));
    const outcomes = fc.sample(fc.option(values.outcome), { numRuns: 200, seed: 4 });
    const ended = begun.flatMap(({ eventId, columns: { type } }, at): NewEntry[] => {
      const outcome = outcomes[at];
      if (outcome === null || outcome === undefined) return [];
      const ending = type.replace('.intent', outcome === 'applied' ? '.reconciled' : '.outcome');
      return [naive.entry({ columns: { type: ending, time: timeOf(at % 60), parent: eventId, outcome } })];
    });
    await naive.append(...begun, ...ended);
  }

  const all = (order: SearchPage['order']): SearchPage => ({ order, size: log.length, limit: 1000 });
  const indexesOf = ({ found }: FoundPart) => found.map(({ entry }) => entry.index);

  it('finds exactly the events of which the query is true, in order', async () => {
    await fc.assert(
      fc.asyncProperty(query, fc.constantFrom('oldest' as const, 'newest' as const), async (asked, order) => {
        const wanted = log.filter((entry) => isTrueOf(asked, entry)).map(({ index }) => index);
        if (order === 'newest') wanted.reverse();
        expect(indexesOf(await search.events(asked, all(order)))).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  it('finds exactly the operations of which the query is true', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const found = indexesOf(await search.operations(asked, all('newest')));
        expect([...found].sort((a, b) => a - b)).toEqual(naiveOperations(asked, log));
      }),
      { numRuns: 150 },
    );
  });

  it('gives in pages what it gives at once, also from the outcomes', async () => {
    for (const kind of ['events', 'operations'] as const) {
      for (const asked of [[], [{ kind: 'value', field: 'outcome', value: 'success', negated: false }]] as const) {
        for (const order of ['oldest', 'newest'] as const) {
          const whole = indexesOf(await search[kind](asked, all(order)));
          const paged: number[] = [];
          let after: number | undefined;
          for (;;) {
            const page = await search[kind](asked, { ...all(order), limit: 7, ...(after !== undefined && { after }) });
            paged.push(...indexesOf(page));
            if (page.next === undefined) break;
            after = page.next;
          }
          expect(paged).toEqual(whole);
          expect(whole.length).toBeGreaterThan(14);
        }
      }
    }
  });

  it('finds what happened in a period wherever in a long log it stands', async () => {
    const long = store.log(`${origin}/long`);
    const naive = new NaiveLog(long, `${origin}/long`);
    // Days one after the other but for a few entries of the first and the last day that stand far off.
    const dayOf = (at: number) => (at === 8_500 ? 1 : at === 20 ? 9 : 1 + Math.floor(at / 1_000));
    const time = (at: number) => `2026-02-${String(dayOf(at)).padStart(2, '0')}T12:00:00.000Z`;
    const written = Array.from({ length: 9_000 }, (_, at) =>
      naive.entry({ columns: { type: 'pause.intent', time: time(at) } }),
    );
    for (let from = 0; from < written.length; from += 1_000) await naive.append(...written.slice(from, from + 1_000));
    const found = async (text: string, order: SearchPage['order']) =>
      indexesOf(await store.search(`${origin}/long`).events(parseQuery(text), { order, size: 9_000, limit: 9_000 }));
    for (const text of [
      'created:2026-02-01',
      'created:2026-02-09',
      'created:2026-02-05..2026-02-06',
      'created:2026-03-01',
    ]) {
      const [term] = parseQuery(text);
      const entries = written.map(({ eventId, body, columns }, index) => ({ eventId, body, columns, index }));
      const wanted = entries.filter((entry) => isTrueOf([term!], entry)).map(({ index }) => index);
      expect(await found(text, 'oldest')).toEqual(wanted);
      expect(await found(text, 'newest')).toEqual(wanted.toReversed());
    }
    expect(await found('created:2026-02-01', 'newest')).toContain(8_500);
    expect(await found('created:2026-02-09', 'oldest')).toContain(20);
  });

  it('does not look beyond the size that it is given', async () => {
    expect(indexesOf(await search.events([], { ...all('newest'), size: 5 }))).toEqual([4, 3, 2, 1, 0]);
  });

  it('gives entries whole, and what follows an intent', async () => {
    const outcome = log.find(({ columns }) => columns.parent !== undefined);
    const { found } = await search.events(
      [{ kind: 'index', from: outcome!.index, to: outcome!.index, negated: false }],
      all('oldest'),
    );
    expect(found.map(({ entry }) => entry)).toEqual([outcome]);
    expect(await search.find(outcome!.eventId)).toEqual(outcome);
    expect(await search.following([outcome!.columns.parent!])).toEqual([outcome]);
    expect(await search.following([])).toEqual([]);
  });

  it('leads from an object id to its pseudonyms', async () => {
    const { ref: made } = await someSubject(store.log(origin), guid(9), guid(8));
    expect(await search.pseudonymsOf(guid(9))).toEqual([made]);
    expect(await search.pseudonymsOf(guid(7))).toEqual([]);
  });
});
