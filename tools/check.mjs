// `npm run check`: everything that can be said about the tree without running it. The checks run side by side; each
// one's output is shown whole, and any failure fails the lot.
import { spawn } from 'node:child_process';

const checks = {
  types: ['tsc', '-b'],
  lint: ['oxlint', '--type-aware'],
  imports: ['depcruise', 'apps', 'libs', 'test', 'tools', '--output-type', 'err'],
  format: ['prettier', '--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier', '.'],
};

function run(name, [command, ...args]) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve(report(name, 1, String(error), started)));
    child.once('close', (code) => resolve(report(name, code ?? 1, output, started)));
  });
}

function report(name, code, output, started) {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output);
  return code;
}

const codes = await Promise.all(Object.entries(checks).map(([name, command]) => run(name, command)));
process.exit(codes.every((code) => code === 0) ? 0 : 1);
