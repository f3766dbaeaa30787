import { lostCommit, refusedAppend, unseenCommit, useMemoryLog } from '#testing';
import { openCheckpoint, parseTlogProof } from '#tlog';
import type { ServiceEvent } from './audit-event.ts';
import type { AuditLog } from './audit-log.ts';
import { LogKey } from './log-key.ts';

const started: ServiceEvent = { type: 'service.started', policySha256: 'ab' };
const on = useMemoryLog();
const { origin, key: old, open, headOf } = on;
const next = LogKey.parse(origin, LogKey.generatePem());
const third = LogKey.parse(origin, LogKey.generatePem());
const handover = { key: next, previousKey: old };

async function grown(entries: number, log?: AuditLog): Promise<AuditLog> {
  const opened = log ?? (await open());
  await Promise.all(Array.from({ length: entries - opened.size }, () => opened.record(started)));
  return opened;
}

const rotations = async () =>
  (await on.store.entries(0, Infinity)).filter(({ columns }) => columns.type === 'log.key.rotated');
const keyIdsOf = (checkpoint: string) => openCheckpoint(checkpoint, [old, next, third].map(verifier)).keyIds;
const verifier = ({ signer }: LogKey) => signer.verifier;
const [oldId, nextId, thirdId] = [old, next, third].map((key) => verifier(key).keyId) as [string, string, string];
const mismatch = expect.objectContaining({ code: 'log_key_mismatch' }) as Error;

describe('handing the log over to another key', () => {
  it('is an entry of its own under a checkpoint of both keys; from then on the new one signs alone', async () => {
    await grown(300);
    const log = await open(handover);

    expect(JSON.parse(Buffer.from((await log.entry(300)).body).toString())).toMatchObject({
      type: 'log.key.rotated',
      code: 'LOG02I',
      vkey: next.vkey,
    });
    expect(keyIdsOf(log.checkpoint())).toEqual([oldId, nextId]);
    await log.record(started);
    expect(keyIdsOf(log.checkpoint())).toEqual([nextId]);
    expect(log.keyHistory).toEqual([
      { vkey: old.vkey, fromSize: 0, toSize: 301 },
      { vkey: next.vkey, fromSize: 301 },
    ]);
  });

  it('happens once, however many replicas start at once and however often they start again', async () => {
    await grown(5);
    const replicas = await Promise.all(['one', 'two', 'three'].map((instance) => open({ ...handover, instance })));
    await Promise.all(replicas.map((replica) => replica.record(started)));
    await open(handover);
    await open({ key: next });

    expect(await rotations()).toHaveLength(1);
    expect((await headOf()).size).toBe(9);
  });

  it('happens again with another key', async () => {
    await grown(5);
    await open(handover);
    const log = await open({ key: third, previousKey: next });

    expect(keyIdsOf(log.checkpoint())).toEqual([nextId, thirdId]);
    expect(log.keyHistory).toEqual([
      { vkey: old.vkey, fromSize: 0, toSize: 6 },
      { vkey: next.vkey, fromSize: 6, toSize: 7 },
      { vkey: third.vkey, fromSize: 7 },
    ]);
  });

  it.each([
    ['lost', lostCommit],
    ['unseen', unseenCommit],
    ['refused', refusedAppend],
  ])('with a %s commit is done or not, never half, and the next start does it', async (_kind, fault) => {
    await grown(5);
    on.store.failNext(fault());
    const first = await open(handover).catch((error: unknown) => error);
    if (fault === unseenCommit) expect(first).toMatchObject({ size: 6 });
    else expect(first).toMatchObject({ code: 'audit_unavailable' });
    const log = await open(handover);

    expect(await rotations()).toHaveLength(1);
    await expect(log.record(started)).resolves.toMatchObject({ index: 6 });
  });

  it('is refused when the log belongs to neither key, and the message says the way out', async () => {
    const log = await grown(5);
    const refused = await open({ key: next, previousKey: third }).catch((error: unknown) => error);

    expect(refused).toEqual(mismatch);
    expect((refused as Error).message).toMatch(/name it as the previous one.*docs\/operations\.md/);
    await expect(open({ key: next })).rejects.toEqual(mismatch);
    await expect(log.record(started)).resolves.toMatchObject({ index: 5 });
  });

  it('begins a new log with the new key alone', async () => {
    const log = await open(handover);
    expect(keyIdsOf(log.checkpoint())).toEqual([nextId]);
    expect(await rotations()).toEqual([]);
  });
});

describe('once the log was handed over', () => {
  it.each([0, 3])('a replica with the old key alone stops, %d entries later', async (later) => {
    const left = await grown(5);
    await grown(6 + later, await open(handover));

    await expect(left.record(started)).rejects.toMatchObject({ cause: mismatch });
    await expect(left.ready()).rejects.toEqual(mismatch);
    await expect(open()).rejects.toEqual(mismatch);
  });

  it('whoever still has the old key cannot go on from where it was handed over', async () => {
    await grown(5);
    const stolen = await headOf();
    const log = await open(handover);
    on.store.restore(5, stolen);
    await grown(9, await open({ instance: 'thief' }));

    await expect(log.record(started)).rejects.toMatchObject({ cause: mismatch });
  });

  it('the checkpoint of both keys is kept, and proofs for it carry it', async () => {
    await grown(5);
    const log = await open(handover);
    const both = log.checkpoint();
    await log.record(started);

    expect(await on.store.kept(6)).toBe(both);
    expect(parseTlogProof(await log.prove(2, 6)).checkpoint).toBe(both);
  });

  it('the new key signs no checkpoint of a size that was the old one’s', async () => {
    await grown(5);
    const log = await open(handover);
    await log.record(started);

    await expect(log.prove(2, 5)).rejects.toMatchObject({
      code: 'checkpoint_retired',
      message: expect.stringContaining('a size of 6 or more') as string,
    });
    await expect(log.proveGrowth(2, 5)).rejects.toMatchObject({ code: 'checkpoint_retired' });
    expect(parseTlogProof(await log.prove(2)).index).toBe(2);
    await expect(log.proveGrowth(2)).resolves.toMatch(/^old 2\n/);
  });
});

describe('the keys that a log had', () => {
  it('are not taken from an entry that somebody changed', async () => {
    await grown(300);
    await open(handover);
    const kept = await on.store.keptEntries();
    on.store.keptEntries = () =>
      Promise.resolve(
        kept.map(({ index, body }) => ({
          index,
          body: Buffer.from(Buffer.from(body).toString().replaceAll(old.vkey, third.vkey)),
        })),
      );

    await expect(open({ key: next })).rejects.toMatchObject({ code: 'log_tiles_invalid' });
  });
});
