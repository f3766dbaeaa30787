import { reasons, verify } from '../support/verifier-process.ts';
import { newKey, TestFolder, type WrittenLog, writeLog } from './real-log.ts';

const key = newKey();
const folder = new TestFolder();
const trust = ['--vkey', key.vkey];

afterAll(() => {
  folder.remove();
});

const log = (size: number) => writeLog(folder.file('log.db'), key, size, []);
const seen = ({ checkpoints }: WrittenLog, size: number) => [
  '--seen',
  folder.write('checkpoint', checkpoints.get(size) ?? ''),
];

describe('the verifier, with what was kept from before,', () => {
  it('finds a database that was put back whole', async () => {
    const before = await log(512);
    const later = await log(600);
    expect(reasons(verify('database', before.path, ...trust))).toEqual([]);
    expect(reasons(verify('database', before.path, ...trust, ...seen(later, 600)))).toEqual(['rollback']);
  });

  it('finds a second history under the same key, of the same size and of a smaller one', async () => {
    const kept = await writeLog(folder.file('log.db'), key, 700, [300]);
    const fork = await log(700);
    expect(reasons(verify('database', fork.path, ...trust, ...seen(kept, 700)))).toEqual(['fork']);
    expect(reasons(verify('database', fork.path, ...trust, ...seen(kept, 300)))).toEqual(['fork']);
  });
});
