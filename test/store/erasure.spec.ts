import { readFileSync } from 'node:fs';
import type { LogMaintenance as Maintenance } from '#audit';
import { openStore, type Store } from '#store';
import { FakeClock } from '#testing';
import { databases, type TestDatabase } from './databases.ts';
import { MaintainedLog, sanction } from './maintained-log.ts';

const caller = { realm: '11111111-1111-4111-8111-111111111111', name: '22222222-2222-4222-8222-222222222222' };

/** Breaks off after the key is destroyed, or before. */
function failing(maintenance: Maintenance, method: 'destroyKey' | 'removeFields'): Maintenance {
  return Object.assign(Object.create(maintenance) as Maintenance, {
    refOf: maintenance.refOf.bind(maintenance),
    hasKey: maintenance.hasKey.bind(maintenance),
    placesOf: maintenance.placesOf.bind(maintenance),
    destroyKey: maintenance.destroyKey.bind(maintenance),
    [method]: () => Promise.reject(new Error('killed')),
  });
}

describe.each(databases)('erasing personal fields in %s', (name, start) => {
  let database: TestDatabase;
  let store: Store;
  let one: MaintainedLog;
  let ref: string;
  let logs = 0;

  beforeAll(async () => {
    database = await start();
    store = await openStore(database.url, new FakeClock());
  });

  beforeEach(async () => {
    one = await MaintainedLog.open(store, `broker.example/audit/erasure-${++logs}`);
    await one.grow(5);
    ref = (await one.maintenance.refOf(caller)) ?? '';
  });

  afterEach(() => one.log.close());

  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  it('tells what it would take, and takes nothing', async () => {
    const { size } = one.log;
    expect(await one.eraser().plan(caller)).toEqual({
      subject: ref,
      places: { count: 15, runs: [[1, 5]], omitted: 0 },
    });
    expect(one.log.size).toBe(size);
    expect(await one.log.personal(await one.log.entry(3))).toEqual({
      kept: ['actor.oid', 'net.ip', 'reason'],
      erased: 0,
    });
  });

  it('destroys the key and the fields, and leaves leaves, tiles and proofs as they are to the last byte', async () => {
    await one.grow(260);
    const { size } = one.log;
    const before = {
      bodies: (await one.log.entries(0, size)).map(({ body }) => Buffer.from(body).toString()),
      tile: await one.log.tile(0, 0, 256),
      proof: await one.log.prove(3, size),
    };
    await one.eraser().erase(ref, sanction);

    expect({
      bodies: (await one.log.entries(0, size)).map(({ body }) => Buffer.from(body).toString()),
      tile: await one.log.tile(0, 0, 256),
      proof: await one.log.prove(3, size),
    }).toEqual(before);
    expect(await one.logStore.dataKey(ref)).toBeUndefined();
    expect(await one.maintenance.refOf(caller)).toBeUndefined();
    expect(await one.log.personal(await one.log.entry(3))).toEqual({ kept: [], erased: 3 });
    await one.test.check(one.logStore);
  });

  it('is on record before and after, with places and without a value or a word of the reason', async () => {
    await one.eraser().erase(caller, sanction);
    const begun = await one.last('privacy.erasing');
    const done = await one.last('privacy.erased');
    const privacy = { subject: ref, count: 15, entries: [[1, 5]] };
    expect(begun).toMatchObject({ code: 'PRV01I', actor: { kind: 'operator' }, privacy });
    expect(done).toMatchObject({ code: 'PRV02I', actor: { kind: 'operator' }, parent: begun['id'], privacy });
    expect(JSON.stringify([begun, done])).not.toMatch(/case 17|privacy office|22222222/);
    const disclosed = await one.log.disclosed(await one.log.entry(one.log.size - 1));
    expect(disclosed.map(({ encoded }) => JSON.parse(Buffer.from(encoded, 'base64url').toString()) as unknown)).toEqual(
      [
        [expect.any(String), 'reason', sanction.reason],
        [expect.any(String), 'approver', sanction.approver],
      ],
    );
  });

  it.each(['destroyKey', 'removeFields'] as const)(
    'that breaks off before %s shows, and the next one finishes it',
    async (method) => {
      await expect(one.eraser(failing(one.maintenance, method)).erase(caller, sanction)).rejects.toThrow('killed');
      const begun = await one.last('privacy.erasing');
      expect(await one.last('privacy.erased')).toEqual({});

      const [finished] = await one.eraser().erase(caller, sanction);
      expect(finished).toMatchObject({ subject: ref, places: { count: 15 } });
      expect(await one.last('privacy.erased')).toMatchObject({ parent: begun['id'], privacy: { count: 15 } });
      expect(await one.log.personal(await one.log.entry(3))).toEqual({ kept: [], erased: 3 });
      expect(await one.eraser().finish(sanction)).toEqual([]);
    },
  );

  it('does not let a replica go on under the destroyed key: who comes again is another subject', async () => {
    const replica = await one.test.open(one.logStore, 'replica-2');
    await replica.record(one.test.intent('known'));
    await one.eraser().erase(ref, sanction);

    const { index } = await replica.record(one.test.intent('again'));
    const fields = await one.sealedAt(index);
    const again = await one.maintenance.refOf(caller);
    expect(again).not.toBe(ref);
    expect(fields.map(({ subject }) => subject)).toEqual([again, again, again]);
    expect((await replica.entry(index)).columns.actor).toBe(again);
    await replica.close();
    await one.test.check(one.logStore);
  });

  it('reaches those whom nobody knows, by their day, and no other', async () => {
    const { request, decision } = one.test.intent('stranger');
    const { index } = await one.log.record({ type: 'request.denied', request, decision, status: 401 });
    await one.eraser().erase({ realm: 'strangers', name: '2026-01-05' }, sanction);
    expect(await one.sealedAt(index)).toEqual([]);
    expect(await one.sealedAt(3)).toHaveLength(3);
  });

  it('of somebody who was never seen is refused, and not on record', async () => {
    const { size } = one.log;
    const unknown = { code: 'subject_unknown' };
    await expect(one.eraser().erase({ ...caller, name: 'x' }, sanction)).rejects.toMatchObject(unknown);
    await expect(one.eraser().erase('p'.repeat(22), sanction)).rejects.toMatchObject(unknown);
    expect(one.log.size).toBe(size);
  });

  it.each([
    ['its subject', () => ({ kind: 'subject', subject: ref }) as const],
    ['an entry of it', () => ({ kind: 'entries', from: 5, to: 6 }) as const],
  ])('is refused while a legal hold is on %s', async (_, target) => {
    await one.grow(1);
    const id = await one.holds.place(target(), sanction);
    await expect(one.eraser().erase(caller, sanction)).rejects.toMatchObject({ code: 'legal_hold' });
    expect(await one.sealedAt(3)).toHaveLength(3);

    await one.holds.release(id, sanction);
    expect(await one.holds.standing()).toEqual([]);
    await expect(one.holds.release(id, sanction)).rejects.toMatchObject({ code: 'hold_unknown' });
    await one.eraser().erase(caller, sanction);
    expect(await one.sealedAt(3)).toEqual([]);
  });

  it('leaves nothing of key and fields where the database keeps its bytes', async () => {
    await one.grow(300);
    const key = await one.logStore.dataKey(ref);
    const secrets = [key?.content, ...(await one.sealedAt(3)).map(({ content }) => content)].map((bytes) =>
      Buffer.from(bytes ?? []),
    );
    const found = async () => {
      const bytes = await bytesOf(database);
      return secrets.filter((secret) => bytes.includes(secret)).length;
    };
    expect(await found()).toBe(4);
    await one.eraser().erase(ref, sanction);
    expect(await found()).toBe(0);
  });

  /** Everything that is stored, as bytes: the files, or where we cannot reach them the rows. */
  async function bytesOf(where: TestDatabase): Promise<Buffer> {
    if (name === 'SQLite') {
      const path = where.url.slice('sqlite:'.length);
      return Buffer.concat([readFileSync(path), readFileSync(`${path}-wal`)]);
    }
    const tables = ['audit_private', 'data_key', 'subject', 'audit_leaf'];
    const rows = await Promise.all(tables.map((table) => where.sql(`select * from ${table}`)));
    return Buffer.concat(
      rows
        .flat()
        .flatMap((row) =>
          Object.values(row).map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)))),
        ),
    );
  }
});
