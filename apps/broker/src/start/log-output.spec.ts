import { setImmediate } from 'node:timers/promises';
import { type BufferedOutput, logOutput } from './log-output.ts';

class Output implements BufferedOutput {
  readonly written: string[] = [];
  #buffer = '';

  write(line: string): void {
    this.#buffer += line;
  }

  flushSync(): void {
    this.written.push(this.#buffer);
    this.#buffer = '';
  }
}

describe('the output of the log', () => {
  const before = new Set(process.listeners('exit'));
  const added = () => process.listeners('exit').filter((listener) => !before.has(listener));
  afterEach(() => {
    for (const listener of added()) process.off('exit', listener);
  });

  it('writes the lines of one turn at once, and nothing in a turn without lines', async () => {
    const output = new Output();
    const log = logOutput(output);
    log.write('a\n');
    log.write('b\n');
    expect(output.written).toEqual([]);
    await setImmediate();
    expect(output.written).toEqual(['a\nb\n']);
    await setImmediate();
    log.write('c\n');
    await setImmediate();
    expect(output.written).toEqual(['a\nb\n', 'c\n']);
  });

  it('writes the last lines of a process that ends within the turn', () => {
    const output = new Output();
    logOutput(output).write('last\n');
    for (const listener of added()) listener(0);
    expect(output.written).toEqual(['last\n']);
  });
});
