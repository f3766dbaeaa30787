import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { newKey, TestFolder } from './real-log.ts';

const folder = new TestFolder();
const { vkey } = newKey();

afterAll(() => {
  folder.remove();
});

function run(...args: readonly string[]) {
  const all = ['--disable-warning=ExperimentalWarning', 'dist/apps/verifier/src/main.js', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A database that is not one of Interlock. */
function strangeDatabase(): string {
  const path = folder.file('strange.db');
  const database = new DatabaseSync(path);
  database.exec('create table other (id integer)');
  database.close();
  return path;
}

describe('interlock-verify', () => {
  it('names its exit codes and all commands in its help', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const command of ['log', 'database', 'proof', 'checkpoints', 'export', 'bundle']) {
      expect(stdout).toMatch(new RegExp(`^ +${command} `, 'm'));
    }
    expect(stdout).toMatch(/Exit codes:\s+0 .*\s+1 .*\s+2 .*\s+3 /);
  });

  it.each([
    ['an unknown command', ['look']],
    ['an unknown option', ['export', 'x', '--fast']],
    ['a missing argument', ['database']],
    ['a file that is not there', ['database', '/nowhere/log.db', '--vkey', vkey]],
    ['a key that is none', ['database', '/nowhere/log.db', '--vkey', 'key']],
    ['a server that nobody runs', ['database', 'postgres://auditor:geheim@127.0.0.1:1/log', '--vkey', vkey]],
    ['an address that is none', ['database', 'postgres://[:geheim', '--vkey', vkey]],
  ])('answers %s with 2, without a verdict and without the password', (_what, args) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('geheim');
  });

  it('answers a database that is not of Interlock with 2', () => {
    expect(run('database', strangeDatabase(), '--vkey', vkey)).toMatchObject({ status: 2, stdout: '' });
  });
});
