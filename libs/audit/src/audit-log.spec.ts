import { generateKeyPairSync } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { assertIntentReceipt, parseJobRef } from '#kernel';
import { lostCommit, refusedAppend, someApplication, someRequest, unseenCommit, useMemoryLog } from '#testing';
import { leafHash, openCheckpoint, parseGrowthProof, parseTlogProof, verifyConsistency, verifyInclusion } from '#tlog';
import type { OperationIntent, ServiceEvent } from './audit-event.ts';

import { LogKey } from './log-key.ts';
import type { LogHead } from './log-store.ts';

const started: ServiceEvent = { type: 'service.started', policySha256: 'ab' };
const intent: OperationIntent = {
  type: 'pause.intent',
  request: someRequest(),
  caller: someApplication(),
  action: 'pause',
  resource: parseJobRef('44444444-4444-4444-8444-444444444444', 'job'),
  decision: { effect: 'allow', rule: 'r', trace: [] },
};

const on = useMemoryLog();
const { origin, key, open, headOf } = on;

function unavailable(code = 'audit_unavailable') {
  return expect.objectContaining({ code }) as Error;
}

describe('opening the log', () => {
  it('of an empty store begins with the key and the schema', async () => {
    const log = await open();
    const { body } = await log.entry(0);
    expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({
      type: 'log.created',
      origin,
      vkey: key.vkey,
      schema: 'urn:interlock:audit-event:1',
    });
    expect(openCheckpoint(log.checkpoint(), [key.signer.verifier])).toMatchObject({ origin, size: 1 });
  });

  it('again goes on where it ended', async () => {
    await (await open()).record(started);
    const log = await open();
    expect(log.size).toBe(2);
    await expect(log.record(started)).resolves.toMatchObject({ index: 2 });
  });

  it('by two replicas at once makes one beginning', async () => {
    const logs = await Promise.all([open(), open({ instance: 'two' })]);
    expect((await headOf()).size).toBe(1);
    await Promise.all(logs.map((log) => log.record(started)));
    expect((await headOf()).size).toBe(3);
  });

  it.each([
    ['lost', lostCommit],
    ['unseen', unseenCommit],
    ['refused', refusedAppend],
  ])('with a %s first commit fails or begins, never half', async (_kind, fault) => {
    on.store.failNext(fault());
    const log = await open().catch((error: unknown) => error);
    if (fault === unseenCommit) expect(log).toMatchObject({ size: 1 });
    else expect(log).toEqual(unavailable());
    expect((await open()).size).toBe(1);
  });

  it('of another key or origin is refused', async () => {
    await expect(open({ origin: 'elsewhere' })).rejects.toEqual(unavailable('log_key_mismatch'));
    await open();
    await expect(open({ key: LogKey.parse(origin, LogKey.generatePem()) })).rejects.toEqual(
      unavailable('log_key_mismatch'),
    );
    const renamed = LogKey.of('elsewhere', generateKeyPairSync('ed25519').privateKey);
    await expect(open({ key: renamed })).rejects.toEqual(unavailable('log_key_mismatch'));
    await expect(open({ key: renamed, origin: 'elsewhere' })).rejects.toEqual(unavailable('log_key_mismatch'));
  });

  it('with a head that contradicts itself is refused', async () => {
    const log = await open();
    await Promise.all(Array.from({ length: 300 }, () => log.record(started)));
    const head = await headOf();
    const other = Buffer.alloc(32, 7);
    const damaged: LogHead[] = [
      { ...head, size: head.size + 1 },
      { ...head, root: other },
      { ...head, edge: head.edge.slice(1) },
      { ...head, edge: head.edge.with(1, other) },
      { ...head, checkpoint: head.checkpoint.replace(`\n${head.size}\n`, `\n${head.size - 1}\n`) },
      { ...head, checkpoint: 'nothing' },
    ];
    for (const wrong of damaged) {
      on.store.overwriteHead(wrong);
      await expect(open()).rejects.toEqual(unavailable('log_head_invalid'));
    }
  });

  it('of a store that cannot be read fails as an outage', async () => {
    on.store.readFault = new Error('connection refused');
    await expect(open()).rejects.toEqual(unavailable());
  });
});

describe('what the log gives to others', () => {
  it('is a receipt for an intent, only once it is committed', async () => {
    const log = await open();
    const receipt = await log.recordIntent(intent);
    expect(() => {
      assertIntentReceipt(receipt);
    }).not.toThrow();
    expect(await on.store.indexOf(receipt.eventId)).toBe(receipt.index);
    on.store.failNext(refusedAppend());
    await expect(log.recordIntent(intent)).rejects.toEqual(unavailable());
  });

  it('is a proof of each entry, at the last size and at older ones', async () => {
    const log = await open();
    const checkpoints = [log.checkpoint()];
    for (let batch = 0; batch < 3; batch += 1) {
      await Promise.all(Array.from({ length: 200 }, () => log.record(started)));
      checkpoints.push(log.checkpoint());
    }
    for (const [index, size] of [
      [0, undefined],
      [255, undefined],
      [600, undefined],
      [0, 1],
      [3, 201],
      [256, 401],
    ] as const) {
      const proof = parseTlogProof(await log.prove(index, size));
      const head = openCheckpoint(proof.checkpoint, [key.signer.verifier]);
      expect(head.size).toBe(size ?? 601);
      expect(checkpoints).toContain(proof.checkpoint);
      const claim = { index, ...head, leafHash: leafHash((await log.entry(index)).body) };
      expect(verifyInclusion(claim, proof.hashes)).toBe(true);
    }
    const growth = parseGrowthProof(await log.proveGrowth(201));
    const [old, now] = [checkpoints[1]!, growth.checkpoint].map((note) => openCheckpoint(note, [key.signer.verifier]));
    const claim = { oldSize: 201, oldRoot: old!.root, size: now!.size, root: now!.root };
    expect(verifyConsistency(claim, growth.hashes)).toBe(true);
  });

  it('is no proof and no entry that it does not have', async () => {
    const log = await open();
    for (const request of [
      log.prove(1),
      log.prove(0, 2),
      log.prove(-1),
      log.prove(0.5),
      log.proveGrowth(2),
      log.entry(1),
    ]) {
      await expect(request).rejects.toEqual(unavailable('entry_unknown'));
    }
  });

  it('is no proof from damaged tiles', async () => {
    const log = await open();
    await Promise.all(Array.from({ length: 300 }, () => log.record(started)));
    const { tile } = on.store;
    on.store.tile = async (level, index) => (await tile.call(on.store, level, index))?.map((byte) => byte ^ 1);
    await expect(log.prove(3)).rejects.toEqual(unavailable('log_tiles_invalid'));
    await expect(log.prove(3, 100)).rejects.toEqual(unavailable('log_tiles_invalid'));
    await expect(log.proveGrowth(100)).rejects.toEqual(unavailable('log_tiles_invalid'));
    on.store.tile = () => Promise.resolve(undefined);
    await expect(log.prove(3)).rejects.toEqual(unavailable('log_tiles_invalid'));
  });

  it('is a range of entries', async () => {
    const log = await open();
    await Promise.all([log.record(started), log.record(started)]);
    expect((await log.entries(1, 3)).map(({ index }) => index)).toEqual([1, 2]);
  });
});

describe('closing', () => {
  it('waits for what is under way and takes nothing more', async () => {
    const log = await open();
    const release = on.store.hold();
    const recorded = log.record(started);
    await setImmediate();
    let closed = false;
    const closing = log.close().then(() => {
      closed = true;
    });
    await expect(log.record(started)).rejects.toEqual(unavailable());
    await expect(log.ready()).rejects.toEqual(unavailable());
    await setImmediate();
    expect(closed).toBe(false);
    release();
    await closing;
    await expect(recorded).resolves.toMatchObject({ index: 1 });
  });
});
