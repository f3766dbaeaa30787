import { type AuditLog, EvidenceBundles } from '#audit';
import { openStore, type Store } from '#store';
import { someApplication, someRequest } from '#testing';
import { unpacked } from '../support/evidence-bundle.ts';
import { TestLog } from './audit-logs.ts';
import { databases, type TestDatabase } from './databases.ts';

const reviewer = {
  request: someRequest({ route: '/api/audit/evidence' }),
  caller: someApplication(7),
  purpose: 'Case 4711',
};
const everything = { query: [], disclose: [] } as const;

describe.each(databases)('evidence of a log in %s', (_name, start) => {
  const test = new TestLog('broker.example/audit/evidence');
  let database: TestDatabase;
  let store: Store;
  let log: AuditLog;
  let evidence: EvidenceBundles;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, test.clock);
    log = await test.open(store.log(test.origin));
    const search = store.search(test.origin);
    evidence = new EvidenceBundles({ log, search, policies: store.policies, clock: test.clock });
    await Promise.all(Array.from({ length: 300 }, (_, at) => log.record(test.intent(`request-${at}`))));
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  /** The newest entry's event. */
  const last = async () => {
    const { body } = await log.entry(log.size - 1);
    return JSON.parse(Buffer.from(body).toString()) as { type: string; review: object };
  };

  it('is of the log as it was when it was asked for, with a proof for each entry under one checkpoint', async () => {
    const size = log.size;
    const chunks: Uint8Array[] = [];
    for await (const chunk of await evidence.bundle(everything, reviewer)) {
      if (chunks.length === 0) await log.record(test.intent('later'));
      chunks.push(chunk);
    }
    const files = await unpacked(Buffer.concat(chunks));

    const checkpoint = files.get('checkpoint')?.toString() ?? '';
    expect(checkpoint.split('\n')[1]).toBe(String(size));
    const proofs = [...files].filter(([path]) => path.startsWith('proofs/')).map(([, content]) => content.toString());
    expect(proofs).toHaveLength(size);
    expect(proofs.every((proof) => proof.endsWith(`\n\n${checkpoint}`))).toBe(true);
  });

  it('is on record before its first byte, and so is that its receiver did not take all of it', async () => {
    const size = log.size;
    const chunks = (await evidence.bundle(everything, reviewer))[Symbol.asyncIterator]();
    expect(log.size).toBe(size + 1);
    expect(await last()).toMatchObject({ type: 'audit.read', review: { view: 'evidence', query: '' } });
    await chunks.next();
    await chunks.return?.();

    const ended = await last();
    expect(ended).toMatchObject({ type: 'audit.exported', review: { complete: false } });
    expect(ended.review).not.toHaveProperty('sha256');
  });

  it('is not given out when it cannot be recorded', async () => {
    await log.close();
    await expect(evidence.bundle(everything, reviewer)).rejects.toMatchObject({ code: 'audit_unavailable' });
  });
});
