// Runs an npm script on a fresh clone: installs first when node_modules does not match the lock file.
// Plain JavaScript on purpose: this one file runs on whatever Node (>= 20) the machine has; the script it starts then
// finds Node 24 in node_modules/.bin, because npm puts that folder first on the PATH.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [script, ...args] = process.argv.slice(2);
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const mark = 'node_modules/.installed-from';

function run(command, ...rest) {
  const { status, error } = spawnSync(command, rest, { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
  console.log('Installing dependencies (once) ...');
  run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(mark, lock);
}
run('npm', 'run', '--silent', script, '--', ...args);
