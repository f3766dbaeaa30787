import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Submission } from './anchor.ts';
import { DirectoryAnchor } from './directory-anchor.ts';

const origin = 'broker.example/audit/test';
let path: string;
let anchor: DirectoryAnchor;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'interlock-worm-'));
  anchor = new DirectoryAnchor(path);
});
afterEach(() => {
  chmodSync(path, 0o700);
  rmSync(path, { recursive: true });
});

const submission = (size: number, of = origin): Submission => ({
  origin: of,
  size,
  checkpoint: `${of}\n${size}\n`,
  growthFrom: () => Promise.reject(new Error('A directory asks for no proof')),
});

async function remembered(of = origin): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const text of anchor.newestFirst(of)) texts.push(text);
  return texts;
}

describe('a directory of checkpoints', () => {
  it('gets a file for each, which nobody may write', async () => {
    await anchor.push(submission(7));
    await anchor.push(submission(12_345));
    const names = readdirSync(path).sort();
    expect(names).toEqual([
      'broker.example%2Faudit%2Ftest~0000000000000007.checkpoint',
      'broker.example%2Faudit%2Ftest~0000000000012345.checkpoint',
    ]);
    for (const name of names) expect(statSync(join(path, name)).mode & 0o777).toBe(0o444);
  });

  it('gives them back, the largest first, each log its own', async () => {
    for (const size of [9, 10, 1_000_000, 2]) await anchor.push(submission(size));
    await anchor.push(submission(5_000_000, `${origin}.2`));
    await anchor.push(submission(6_000_000, `${origin}/2`));
    writeFileSync(join(path, 'README'), 'written once');
    expect(await remembered()).toEqual([1_000_000, 10, 9, 2].map((size) => submission(size).checkpoint));
    expect(await remembered('another')).toEqual([]);
  });

  it('takes the same checkpoint again, and never puts another in its place', async () => {
    await anchor.push(submission(7));
    await anchor.push(submission(7));
    const other = { ...submission(7), checkpoint: `${origin}\n7\nother\n` };
    await expect(anchor.push(other)).rejects.toMatchObject({ code: 'anchor_conflict' });
    expect(readFileSync(join(path, readdirSync(path)[0] ?? ''), 'utf8')).toBe(submission(7).checkpoint);
  });

  it('that is not there neither takes nor gives anything', async () => {
    anchor = new DirectoryAnchor(join(path, 'unmounted'));
    await expect(anchor.push(submission(7))).rejects.toMatchObject({ code: 'anchor_unwritable' });
    await expect(remembered()).rejects.toMatchObject({
      code: 'anchor_unwritable',
      message: expect.stringContaining('ENOENT') as string,
    });
  });
});
