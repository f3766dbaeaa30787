import { useMemoryLog } from '#testing';
import type { ServiceEvent } from './audit-event.ts';
import { CheckpointMemory } from './checkpoint-memory.ts';
import { LogKey } from './log-key.ts';
import { lastGoodCheckpoint } from './stored-log.ts';

const started: ServiceEvent = { type: 'service.started', policySha256: 'ab' };
const on = useMemoryLog();
const { key, origin, open, headOf } = on;
const keys = [key.signer.verifier];

function memory(name: string, note: string): CheckpointMemory {
  return new (class extends CheckpointMemory {
    override readonly name = name;
    override async *newestFirst(): AsyncIterable<string> {
      yield await Promise.resolve(note);
    }
  })();
}

async function grown(entries: number): Promise<string> {
  const log = await open();
  await Promise.all(Array.from({ length: entries - log.size }, () => log.record(started)));
  return log.checkpoint();
}

/** Goes back to `common` entries and on to `size` in another way. Gives the checkpoint that was lost. */
async function forked(common: number, lost: number, size: number): Promise<string> {
  await grown(common);
  const backup = await headOf();
  const note = await grown(lost);
  on.store.restore(common, backup);
  await grown(size);
  return note;
}

describe('the checkpoint that a successor cites', () => {
  it('is that of the database when it extends all that is remembered', async () => {
    const older = await grown(5);
    const newest = await grown(9);
    expect(await lastGoodCheckpoint(on.store, keys, [memory('a', older)], newest)).toEqual({
      size: 9,
      note: newest,
      from: 'the database',
    });
  });

  it.each([
    [10, 20, 10],
    [10, 20, 15],
    [10, 20, 40],
  ])('is the one remembered when the log went from %d not to %d but to %d', async (common, lost, size) => {
    const note = await forked(common, lost, size);
    const expected = { size: lost, note, from: 'dir:/worm' };
    expect(await lastGoodCheckpoint(on.store, keys, [memory('dir:/worm', note)])).toMatchObject(expected);
    expect(await lastGoodCheckpoint(on.store, keys, [], note)).toMatchObject({ ...expected, from: 'the given file' });
  });

  it('is the largest remembered when the database has no log, or one that cannot be read', async () => {
    const notes = [await grown(3), await grown(7)];
    const memories = notes.map((note, at) => memory(`memory ${at}`, note));
    const head = await headOf();
    on.store.overwriteHead({ ...head, root: Buffer.alloc(32) });
    expect(await lastGoodCheckpoint(on.store, keys, memories)).toMatchObject({ size: 7 });
    on.store.overwriteHead(undefined);
    expect(await lastGoodCheckpoint(on.store, keys, memories)).toMatchObject({ size: 7 });
    expect(await lastGoodCheckpoint(on.store, keys, [])).toBeUndefined();
  });

  it('is never one that no key of the log signed', async () => {
    const note = await grown(5);
    const stranger = [LogKey.parse(origin, LogKey.generatePem()).signer.verifier];
    expect(await lastGoodCheckpoint(on.store, stranger, [memory('a', note)])).toBeUndefined();
    await expect(lastGoodCheckpoint(on.store, stranger, [], note)).rejects.toMatchObject({ code: 'log_key_mismatch' });
  });
});
