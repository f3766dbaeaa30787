import type { AuditLog } from '#audit';
import { openStore, type Store } from '#store';
import { HoldStory } from '#testing';
import { TestLog } from './audit-logs.ts';
import { startSqlite, type TestDatabase } from './databases.ts';

describe('the holds that an appender of a SQLite log knows from earlier appends', () => {
  let database: TestDatabase;
  let test: TestLog;
  let store: Store;
  let audit: AuditLog;

  beforeAll(async () => {
    database = await startSqlite();
    test = new TestLog('broker.example/audit/known-holds');
    store = await openStore(database.url, test.clock);
    audit = await test.open(store.log(test.origin));
  });

  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  const holds = () => store.holds(test.origin);

  it('are not taken for those of today when another appender has changed them', async () => {
    const other = await test.open(store.log(test.origin), 'replica-2');
    const story = new HoldStory({ audit });
    const first = await story.held();
    const elsewhere = new HoldStory({ audit: other }, story.job);
    const second = await elsewhere.held();
    const third = await story.held();

    expect(await holds().find(first)).toMatchObject({ state: 'replaced', by: second });
    expect(await holds().find(second)).toMatchObject({ state: 'replaced', by: third });
    expect(await holds().ofJob(story.job)).toMatchObject({ holds: [{ id: third, state: 'held' }] });
  });

  it('do not have what an append changed that was rolled back', async () => {
    const story = new HoldStory({ audit });
    const first = await story.held();
    const second = await story.pause();
    await database.sql(`create trigger broken before update on audit_head begin select raise(abort, 'no'); end`);
    await expect(story.outcome('pause', second, 'success')).rejects.toThrow();
    await database.sql('drop trigger broken');
    expect(await holds().find(first)).toMatchObject({ state: 'held' });
    await story.outcome('pause', second, 'failure');

    expect(await holds().find(first)).toMatchObject({ state: 'held' });
    expect(await holds().find(second)).toMatchObject({ state: 'not_paused' });
    await story.end(first);
    expect(await holds().ofJob(story.job)).toMatchObject({ holds: [] });
  });
});
