import { DisclosureKey, readRetentionPolicy } from '#audit';
import { openStore, type Store } from '#store';
import { FakeClock } from '#testing';
import { leafHash } from '#tlog';
import { databases, type TestDatabase } from './databases.ts';
import { MaintainedLog, MemoryArchive, sanction } from './maintained-log.ts';

const day = 86_400_000;
const text = 'version: 1\nkeepDays: 30\napprover: records office\nlegalBasis: Article 5(1)(e), schedule 4\n';
const policy = readRetentionPolicy(Buffer.from(text));

describe.each(databases)('pruning a log in %s', (_name, start) => {
  let database: TestDatabase;
  let store: Store;
  let one: MaintainedLog;
  let archive: MemoryArchive;

  let logs = 0;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
  });

  beforeEach(() => {
    archive = new MemoryArchive();
  });

  afterAll(async () => {
    await one.log.close();
    await store.close();
    await database.stop();
  });

  /** Goes on with a new log of so many entries. */
  async function open(entries: number): Promise<void> {
    if (logs > 0) await one.log.close();
    one = await MaintainedLog.open(store, `broker.example/audit/pruning-${++logs}`);
    await one.grow(entries - 1);
  }

  const prune = (below: number) => one.pruner().prune(below, policy, archive);

  describe('that is done', () => {
    const hashes = async () => [
      await one.log.prove(3, 600),
      await one.log.prove(590, 600),
      await one.log.proveGrowth(100, 600),
      await one.log.tile(0, 1, 256),
    ];
    let before: Awaited<ReturnType<typeof hashes>>;
    let bodies: readonly Buffer[];
    let pruned: MemoryArchive;

    beforeAll(async () => {
      await open(600);
      before = await hashes();
      bodies = (await one.log.entries(0, 256)).map(({ body }) => Buffer.from(body));
      await one.test.clock.advance(31 * day);
      pruned = new MemoryArchive();
      await one.pruner().prune(512, policy, pruned);
    });

    it('is on record before and after, with the policy by its hash', async () => {
      const begun = await one.last('log.pruning');
      const retention = { policy_sha256: policy.rule.policySha256, keep_days: 30 };
      expect(begun).toMatchObject({ code: 'RET01I', actor: { kind: 'operator' }, min_index: 512, retention });
      expect(await one.last('log.pruned')).toMatchObject({
        code: 'RET02I',
        parent: begun['id'],
        min_index: 512,
        retention,
      });
      expect(JSON.stringify(begun)).not.toContain('records office');
    });

    it('archives exactly the bytes that were hashed, with what leads to the root, and no disclosure', () => {
      const files = ['checkpoint', 'tile/0/000', 'tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2'];
      expect([...pruned.files.keys()].sort()).toEqual([...files, 'tile/entries/000', 'tile/entries/001'].sort());
      const bundle = Buffer.from(pruned.files.get('tile/entries/000') ?? []);
      const lengths = bodies.flatMap((body) => [Buffer.of(body.length >> 8, body.length & 255), body]);
      expect(bundle.equals(Buffer.concat(lengths))).toBe(true);
      const leafHashes = Buffer.concat(bodies.map((body) => leafHash(body)));
      expect(leafHashes.equals(pruned.files.get('tile/0/000') ?? Buffer.of())).toBe(true);
    });

    it('leaves nothing open: a tables’ owner cannot delete what is kept, nor take back what was pruned', async () => {
      for (const statement of [
        'delete from audit_leaf where idx = 512',
        'delete from audit_leaf',
        'update audit_head set min_index = 0',
        'update audit_head set min_index = 300',
        'update audit_head set min_index = 1024',
      ]) {
        await expect(database.sql(statement)).rejects.toThrow();
      }
      expect(await one.log.entries(512, 556)).toHaveLength(44);
    });

    it('drops entries and fields below the index, and keeps every hash and proof', async () => {
      expect(await hashes()).toEqual(before);
      expect(await one.log.entries(0, 513)).toHaveLength(1);
      expect((await one.sealedAt(511)).length).toBe(0);
      expect(await one.logStore.minIndex()).toBe(512);
      await expect(one.log.entry(511)).rejects.toMatchObject({ code: 'entry_pruned' });
      await expect(one.log.entry(5_000)).rejects.toMatchObject({ code: 'entry_unknown' });
      await one.grow(3);
      expect(one.log.size).toBe(605);
    });
  });

  describe('that is refused', () => {
    beforeAll(() => open(600));

    it('refuses what is younger than the policy says', async () => {
      await one.test.clock.advance(29 * day);
      await expect(prune(256)).rejects.toMatchObject({ code: 'retention_running' });
      expect(await one.log.entries(0, 256)).toHaveLength(256);
    });

    it.each([100, 0, 768, 600, -256, 256.5])('refuses the index %d', async (below) => {
      await one.test.clock.advance(31 * day);
      await expect(prune(below)).rejects.toMatchObject({ code: 'index_invalid' });
      expect(archive.files.size).toBe(0);
    });
  });

  it('refuses to drop an intent that has no end, and goes on when it has one', async () => {
    await open(300);
    const { eventId, index } = await one.log.record(one.test.intent('open'));
    await one.grow(300);
    await one.test.clock.advance(31 * day);
    expect(index).toBe(300);
    await expect(prune(512)).rejects.toMatchObject({ code: 'intents_open' });
    const { resource } = one.test.intent('open');
    await one.log.record({ type: 'pause.outcome', parent: eventId, resource, outcome: 'success' });
    await prune(512);
    expect(await one.logStore.minIndex()).toBe(512);
  });

  it('refuses to drop what a legal hold keeps, the record of the hold included', async () => {
    await open(300);
    const id = await one.holds.place({ kind: 'entries', from: 200, to: 250 }, sanction);
    await one.test.clock.advance(31 * day);
    await expect(prune(256)).rejects.toMatchObject({ code: 'legal_hold' });
    await one.holds.release(id, sanction);
    const { index } = await one.log.entry(300);
    await one.holds.place({ kind: 'entries', from: 300, to: 300 }, sanction);
    await one.grow(300);
    await one.test.clock.advance(31 * day);
    await prune(256);
    await expect(prune(512)).rejects.toMatchObject({ code: 'legal_hold' });
    expect(index).toBe(300);
  });

  it('refuses to drop entries that are not what was signed', async () => {
    await open(300);
    const triggers = await database.sql(`select 1`);
    expect(triggers).toHaveLength(1);
    await tamper(database, `update audit_leaf set body = '{}' where idx = 7`);
    await one.test.clock.advance(31 * day);
    await expect(prune(256)).rejects.toMatchObject({ code: 'entries_damaged' });
    expect(await one.logStore.minIndex()).toBe(0);
  });

  it('that breaks off shows, and the next one finishes it', async () => {
    await open(300);
    await one.test.clock.advance(31 * day);
    const broken = Object.assign(Object.create(one.maintenance) as typeof one.maintenance, {
      placesOf: one.maintenance.placesOf.bind(one.maintenance),
      prune: () => Promise.reject(new Error('killed')),
    });
    await expect(one.pruner(broken).prune(256, policy, archive)).rejects.toThrow('killed');
    expect(await one.last('log.pruned')).toEqual({});
    await prune(256);
    expect(await one.last('log.pruned')).toMatchObject({
      parent: (await one.last('log.pruning'))['id'],
      min_index: 256,
    });
    expect(await one.log.entries(0, 256)).toEqual([]);
    // Once more changes nothing.
    const { size } = one.log;
    await prune(256);
    expect(one.log.size).toBe(size);
  });

  it('wraps all keys by another disclosure key at once, or none', async () => {
    await open(20);
    const [current, next] = [one.test.disclosureKey, DisclosureKey.parse(DisclosureKey.generate())];
    const stranger = DisclosureKey.parse(DisclosureKey.generate());
    const rewrapBy = (key: DisclosureKey) =>
      one.maintenance.rewrap(next, (ref, wrapped) => key.rewrap(ref, wrapped, next));
    await expect(rewrapBy(stranger)).rejects.toMatchObject({ code: 'disclosure_key_mismatch' });
    expect(await one.logStore.disclosureKeyId('none')).toBe(current.id);

    const keys = await database.sql('select ref from data_key');
    expect(await rewrapBy(current)).toBe(keys.length);
    const [field] = await one.sealedAt(3);
    const wrapped = await one.logStore.dataKey(field?.subject ?? '');
    expect(() => current.unwrap(field?.subject ?? '', wrapped!)).toThrow();
    expect(next.unwrap(field?.subject ?? '', wrapped!).symmetricKeySize).toBe(32);
    await expect(one.test.open(one.logStore)).rejects.toMatchObject({ code: 'disclosure_key_mismatch' });
  });
});

/** As whoever owns the tables can: without the triggers. */
async function tamper(database: TestDatabase, statement: string): Promise<void> {
  const sqlite = database.url.startsWith('sqlite:');
  const on = sqlite ? '' : ' on audit_leaf';
  await database.sql(`drop trigger audit_leaf_no_update${on}`);
  await database.sql(sqlite ? statement.replace("'{}'", "x'7b7d'") : statement);
}
