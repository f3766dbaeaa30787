import { type AuditLog, AuditReview, LogStanding } from '#audit';
import { openStore, type Store } from '#store';
import { FakeClock } from '#testing';
import { parseTlogProof } from '#tlog';
import { LogController } from '../../apps/broker/src/log/log.controller.ts';
import { TestLog } from './audit-logs.ts';
import { databases, type TestDatabase } from './databases.ts';

describe.each(databases)('a replica in front of a log in %s that another one extends', (_name, start) => {
  const test = new TestLog('broker.example/audit/followed');
  let database: TestDatabase;
  let store: Store;
  let ours: AuditLog;
  let theirs: AuditLog;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, test.clock);
    ours = await test.open(store.log(test.origin), 'ours');
    theirs = await test.open(store.log(test.origin), 'theirs');
  });
  afterAll(async () => {
    await Promise.all([ours.close(), theirs.close()]);
    await store.close();
    await database.stop();
  });

  /** The size that a note of the log is about. */
  const sizeOf = (note: string) => Number(note.split('\n')[1]);

  it('serves every checkpoint that a reader may have got from the other, and never an older one', async () => {
    const controller = new LogController(
      ours,
      new AuditReview(ours, store.search(test.origin)),
      new LogStanding(ours, store.anchors(test.origin), [], new FakeClock()),
    );
    for (const round of [1, 2, 3]) {
      await theirs.record(test.intent(`round-${round}`));
      expect(ours.size).toBeLessThan(theirs.size);
      expect(await controller.checkpoint()).toBe(theirs.checkpoint());
    }
  });

  it('serves the hashes under that checkpoint', async () => {
    await theirs.record(test.intent('tile'));
    const size = theirs.size;
    expect(await ours.tile(0, 0, size)).toEqual(await theirs.tile(0, 0, size));
  });

  it('proves under the last checkpoint of all, unless asked for another', async () => {
    await theirs.record(test.intent('proof'));
    const proof = parseTlogProof(await ours.prove(0));
    expect(sizeOf(proof.checkpoint)).toBe(theirs.size);
    await theirs.record(test.intent('growth'));
    expect(sizeOf((await ours.proveGrowth(1)).split('\n\n')[1] ?? '')).toBe(theirs.size);
    expect(sizeOf(parseTlogProof(await ours.prove(0, 2)).checkpoint)).toBe(2);
  });

  it('keeps a snapshot at its size and checkpoint while the log grows', async () => {
    const snapshot = await ours.latest();
    await theirs.record(test.intent('later'));
    await ours.ready();
    const proofs = await snapshot.prove([0, snapshot.size - 1]);
    expect(proofs.map((proof) => parseTlogProof(proof).checkpoint)).toEqual([snapshot.checkpoint, snapshot.checkpoint]);
    await expect(snapshot.prove([snapshot.size])).rejects.toMatchObject({ code: 'entry_unknown' });
  });
});
