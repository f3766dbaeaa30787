import { AuditReview, type AuditLog } from '#audit';
import type { EventId } from '#kernel';
import { openStore, type Store } from '#store';
import { someApplication, someRequest } from '#testing';
import { TestLog } from './audit-logs.ts';
import { startSqlite, type TestDatabase } from './databases.ts';

const origin = 'broker.example/audit/review';
const reviewer = {
  request: someRequest({ route: '/api/audit' }),
  caller: someApplication(7),
  purpose: 'Yearly review',
};
const newest = { order: 'newest', limit: 10 } as const;

describe('a review', () => {
  const test = new TestLog(origin);
  let database: TestDatabase;
  let store: Store;
  let log: AuditLog;
  let review: AuditReview;
  let intents: EventId[];

  beforeEach(async () => {
    database = await startSqlite();
    store = await openStore(database.url, test.clock);
    log = await test.open(store.log(origin));
    review = new AuditReview(log, store.search(origin));
    intents = [];
    for (let at = 0; at < 4; at += 1) {
      intents.push((await log.record(test.intent(`request-${at}`))).eventId);
    }
    const resource = test.intent('').resource;
    await log.record({ type: 'pause.outcome', parent: intents[1]!, resource, outcome: 'success' });
    await log.record({
      type: 'pause.outcome',
      parent: intents[2]!,
      resource,
      outcome: 'failure',
      reason: 'graph_conflict',
    });
    await log.record({ type: 'pause.outcome', parent: intents[3]!, resource, outcome: 'unknown', reason: 'timeout' });
  });

  afterEach(async () => {
    await log.close();
    await store.close();
    await database.stop();
  });

  it('folds each request into one state', async () => {
    const { items } = await review.operations([], newest, reviewer);
    expect(items.map(({ began, state }) => [began.eventId, state])).toEqual([
      [intents[3], 'unknown'],
      [intents[2], 'failed'],
      [intents[1], 'succeeded'],
      [intents[0], 'open'],
    ]);
  });

  it('shows nothing that it cannot record', async () => {
    await log.close();
    const reads: readonly (() => Promise<unknown>)[] = [
      () => review.operations([], newest, reviewer),
      () => review.events([], newest, reviewer),
      () => review.operation(intents[0]!, reviewer),
      () => review.event(0, reviewer),
      () => review.entries(0, 2, reviewer),
      () => review.export([], 'ndjson', reviewer),
    ];
    for (const read of reads) await expect(read()).rejects.toMatchObject({ code: 'audit_unavailable' });
  });

  it('records an export before its first byte, and how far a receiver took it that went away', async () => {
    const before = log.size;
    const chunks = (await review.export([], 'ndjson', reviewer))[Symbol.asyncIterator]();
    expect(log.size).toBe(before + 1);
    await chunks.next();
    await chunks.return?.(undefined);

    const [announced, ended] = await Promise.all([log.entry(before), log.entry(before + 1)]);
    expect(leafOf(announced)).toMatchObject({
      type: 'audit.read',
      review: { view: 'export', format: 'ndjson', query: '' },
    });
    expect(leafOf(ended)).toMatchObject({
      type: 'audit.exported',
      parent: announced.eventId,
      review: { count: before, complete: false },
    });
  });

  it('does not export what was recorded after it began', async () => {
    const size = log.size;
    const chunks = await review.export([], 'ndjson', reviewer);
    await log.record(test.intent('later'));
    const lines = await linesOf(chunks);
    expect(lines).toHaveLength(size + 1);
    expect(lines.at(-1)).toMatchObject({ count: size, checkpoint: expect.stringContaining(`\n${size}\n`) });
  });

  it('exports a leaf that somebody put newlines into as one broken entry, and goes on', async () => {
    const triggers = await database.sql(`select name from sqlite_master where type = 'trigger'`);
    await database.sql(triggers.map(({ name }) => `drop trigger ${String(name)};`).join(''));
    await database.sql(`update audit_leaf set body = x'7b7d0a7b7d' where idx = 2`);
    const lines = await linesOf(await review.export([], 'ndjson', reviewer));
    expect(lines[2]).toMatchObject({ index: 2, event: null });
    expect(lines).toHaveLength(log.size - 1);
    const csv = await textOf(await review.export([], 'csv', reviewer));
    expect(csv.split('\r\n').at(-2)).toMatch(/^signed-count,/);
  });

  it('keeps the purpose beside the leaf, which has its digest only', async () => {
    await review.events([], newest, reviewer);
    const index = log.size - 1;
    const disclosed = await store.log(origin).disclosures(index);
    expect(Buffer.from((await log.entry(index)).body).toString()).not.toContain('Yearly');
    expect(disclosed.map(({ name }) => name)).toContain('purpose');
    await test.check(store.log(origin));
  });

  it('refuses a query that the log could not hold whole', async () => {
    const long = { kind: 'value', field: 'rule', value: 'x'.repeat(200), negated: true } as const;
    await expect(
      review.events(
        Array.from({ length: 10 }, () => long),
        newest,
        reviewer,
      ),
    ).rejects.toMatchObject({
      code: 'query_malformed',
    });
  });
});

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

async function linesOf(chunks: AsyncIterable<string>): Promise<Record<string, unknown>[]> {
  const text = await textOf(chunks);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function leafOf({ body }: { readonly body: Uint8Array }): unknown {
  return JSON.parse(Buffer.from(body).toString());
}
