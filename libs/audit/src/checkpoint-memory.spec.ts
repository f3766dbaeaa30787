import { useMemoryLog } from '#testing';
import { NoteSigner, signCheckpoint } from '#tlog';
import { generateKeyPairSync } from 'node:crypto';
import type { ServiceEvent } from './audit-event.ts';
import { CheckpointMemory } from './checkpoint-memory.ts';
import { LogKey } from './log-key.ts';

const started: ServiceEvent = { type: 'service.started', policySha256: 'ab' };
const on = useMemoryLog();
const { origin, open, headOf } = on;

class Remembered extends CheckpointMemory {
  override readonly name = 'dir:/worm';
  readonly #notes: readonly string[];

  constructor(...notes: readonly string[]) {
    super();
    this.#notes = notes;
  }

  override async *newestFirst(): AsyncIterable<string> {
    for (const note of this.#notes) yield await Promise.resolve(note);
  }
}

async function grown(entries: number, changes = {}) {
  const log = await open(changes);
  await Promise.all(Array.from({ length: entries - log.size }, () => log.record(started)));
  return log;
}

const openWith = (...notes: readonly string[]) => open({ memories: [new Remembered(...notes)] });
const regressed = (words: RegExp) =>
  expect.objectContaining({ code: 'log_head_regressed', message: expect.stringMatching(words) as string }) as Error;

describe('a log that is remembered elsewhere', () => {
  it.each([1, 10, 256, 299, 300])('opens when it extends the checkpoint of %d entries', async (size) => {
    const log = await grown(size);
    const note = log.checkpoint();
    await grown(300);
    await expect(openWith(note)).resolves.toMatchObject({ size: 300 });
  });

  it('is refused when it was put back to an earlier time, with the way out', async () => {
    await grown(10);
    const backup = await headOf();
    const note = (await grown(20)).checkpoint();
    on.store.restore(10, backup);

    await expect(openWith(note)).rejects.toEqual(regressed(/has 10 entries.*dir:\/worm.*of 20.*log succeed/s));
    expect(await headOf()).toEqual(backup);
  });

  it('is refused when it vanished, and does not begin anew', async () => {
    const note = (await grown(10)).checkpoint();
    on.store.restore(0, await headOf());
    on.store.overwriteHead(undefined);

    await expect(openWith(note)).rejects.toEqual(regressed(/has 0 entries/));
    expect(await on.store.head()).toBeUndefined();
  });

  it.each([
    [10, 20],
    [10, 300],
    [300, 900],
  ])('is refused when it went on from %d in another way, up to %d', async (common, size) => {
    await grown(common);
    const backup = await headOf();
    const note = (await grown(common + 1)).checkpoint();
    on.store.restore(common, backup);
    await grown(size);

    await expect(openWith(note)).rejects.toEqual(regressed(/another history/));
  });

  it('is compared with what its earlier key signed too', async () => {
    await grown(10);
    const backup = await headOf();
    const next = LogKey.parse(origin, LogKey.generatePem());
    const note = (await grown(20)).checkpoint();
    on.store.restore(10, backup);
    await grown(25, { key: next, previousKey: on.key });

    await expect(open({ key: next, memories: [new Remembered(note)] })).rejects.toEqual(regressed(/another history/));
  });

  it('is not stopped by what others left beside its checkpoints', async () => {
    const note = (await grown(10)).checkpoint();
    const stranger = new NoteSigner(origin, generateKeyPairSync('ed25519').privateKey);
    const forged = signCheckpoint({ size: 99, root: new Uint8Array(32) }, stranger);
    const other = signCheckpoint(
      { size: 99, root: new Uint8Array(32) },
      new NoteSigner('other', generateKeyPairSync('ed25519').privateKey),
    );

    await expect(openWith(forged, other, 'half a fi', '', note)).resolves.toMatchObject({ size: 10 });
    on.store.overwriteHead(undefined);
    await expect(openWith(forged, note)).rejects.toEqual(regressed(/has 0 entries/));
  });

  it('is refused when its tiles are gone, since nothing can be compared', async () => {
    const note = (await grown(300)).checkpoint();
    await grown(600);
    on.store.tile = () => Promise.resolve(undefined);
    await expect(openWith(note)).rejects.toMatchObject({ code: 'log_tiles_invalid' });
  });
});
