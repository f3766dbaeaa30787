import { openStore, type Store } from '#store';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { TestLog } from './audit-logs.ts';

describe('replicas that append to one log in PostgreSQL', () => {
  const log = new TestLog('broker.example/audit/replicas');
  let postgres: TestPostgres;
  let stores: readonly Store[];

  beforeAll(async () => {
    postgres = await startPostgres();
    stores = await Promise.all([1, 2, 3].map(() => openStore(postgres.url, log.clock)));
  });

  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await postgres.stop();
  });

  it('open it together, write its first entry once, and number their entries without gaps', async () => {
    const replicas = await Promise.all(stores.map((store, at) => log.open(store.log(log.origin), `replica-${at + 1}`)));
    const reader = stores[0]!.log(log.origin);
    const [genesis] = await log.check(reader);
    const recorded = new Map<number, string>([[0, genesis!]]);
    for (const round of [1, 2, 3, 4]) {
      const events = replicas.flatMap((replica, at) =>
        Array.from({ length: 40 }, (_, n) => replica.record(log.intent(`${at}-${round}-${n}`))),
      );
      for (const { index, eventId } of await Promise.all(events)) recorded.set(index, eventId);
      const stored = await log.check(reader);
      expect(stored).toHaveLength(1 + round * 120);
      expect(new Map(stored.entries())).toEqual(recorded);
    }
    for (const replica of replicas) await replica.ready();
    expect(new Set(replicas.map((replica) => replica.checkpoint()))).toEqual(
      new Set([(await reader.head())?.checkpoint]),
    );
    await Promise.all(replicas.map((replica) => replica.close()));
  });
});
