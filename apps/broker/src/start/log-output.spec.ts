import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { logOutput } from './log-output.ts';

describe('the output of the log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-log-'));
  const file = join(folder, 'log');
  const written = () => readFileSync(file, 'utf8');
  const before = new Set(process.listeners('exit'));
  const added = () => process.listeners('exit').filter((listener) => !before.has(listener));

  afterEach(() => {
    for (const listener of added()) process.off('exit', listener);
    rmSync(file);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes the lines of one turn together at its end', async () => {
    const log = logOutput(file);
    log.write('a\n');
    log.write('b\n');
    expect(written()).toBe('');
    await setImmediate();
    expect(written()).toBe('a\nb\n');
    log.write('c\n');
    await setImmediate();
    expect(written()).toBe('a\nb\nc\n');
  });

  it('writes the last lines of a process that ends within the turn', () => {
    logOutput(file).write('last\n');
    for (const listener of added()) listener(0);
    expect(written()).toBe('last\n');
  });
});
