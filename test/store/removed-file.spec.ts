import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#store';
import { FakeClock, NaiveLog } from '#testing';

const folder = mkdtempSync(join(tmpdir(), 'interlock-removed-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function openLog(file: string) {
  const store = await openStore(`sqlite:${file}`, new FakeClock());
  const log = new NaiveLog(store.log('broker.example/audit/test'), 'broker.example/audit/test');
  await log.grow(3);
  return { store, log };
}

describe('a database file that is taken away under the broker', () => {
  // SQLite would go on writing to the nameless file, and every record would vanish with the process.
  it.each([
    [
      'deleted',
      (file: string) => {
        rmSync(file);
      },
    ],
    [
      'renamed',
      (file: string) => {
        renameSync(file, `${file}.old`);
      },
    ],
    [
      'replaced by a copy',
      (file: string) => {
        renameSync(file, `${file}.old`);
        renameSync(`${file}.other`, file);
      },
    ],
  ])('(%s) takes no more records', async (name, takeAway) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.db`);
    const other = await openLog(`${file}.other`);
    await other.store.close();
    const { store, log } = await openLog(file);
    takeAway(file);

    await expect(log.grow(1)).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
    await store.close();
  });
});
