import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'interlock-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(text: string): string {
  const file = join(folder, 'policy.yaml');
  writeFileSync(file, text);
  return file;
}

async function running(...args: readonly string[]) {
  const written = { out: '', error: '' };
  const code = await run(args, {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
  });
  return { code, ...written };
}

describe('interlock policy lint', () => {
  it('says that a good file is ok, with the digest that decisions will name, and ends with 0', async () => {
    const file = fileOf('version: 1\nrules: [{ id: locked, effect: deny, jobs: ["*"] }]\n');
    expect(await running('policy', 'lint', file)).toEqual({
      code: 0,
      out: `${file}: ok, sha256 9466dad1658097e2edb9af02b28b5683130b0d04cc7409571be4e051235ce2a7\n`,
      error: '',
    });
  });

  it('tells every problem on a line of its own and ends with 1', async () => {
    const file = fileOf('version: 2\nrules: [{ id: locked, effect: deny, when: now }]\n');
    expect(await running('policy', 'lint', file)).toEqual({
      code: 1,
      out: `${file}:1:10 error version: must be 1 [invalid_value]\n${file}:2:37 error rules[0].when: is not a key here [unknown_key]\n`,
      error: '',
    });
  });

  it('ends with 2 when the file cannot be read', async () => {
    const file = join(folder, 'none.yaml');
    expect(await running('policy', 'lint', file)).toEqual({
      code: 2,
      out: '',
      error: `${file}: cannot be read (ENOENT)\n`,
    });
    expect(await running('policy', 'lint', folder)).toMatchObject({
      code: 2,
      error: expect.stringContaining('EISDIR'),
    });
  });
});

describe('interlock', () => {
  it.each([
    ['no command', []],
    ['no command of policy', ['policy']],
    ['an unknown command', ['police']],
    ['an unknown option', ['policy', 'lint', '--fast', 'x']],
    ['no file', ['policy', 'lint']],
    ['two files', ['policy', 'lint', 'a', 'b']],
  ])('ends with 2 and says why on standard error: %s', async (_, args) => {
    expect(await running(...args)).toEqual({ code: 2, out: '', error: expect.stringMatching(/\S/) });
  });

  it.each([[['--help']], [['policy', 'lint', '--help']]])('tells its exit codes: %j', async (args) => {
    const { code, out } = await running(...args);
    expect(code).toBe(0);
    expect(out).toContain('0 ok, 1 problems found, 2 could not run');
  });
});
