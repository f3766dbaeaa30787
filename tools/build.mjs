// `npm run build`: the modules of everything as they are, the programs in few files, the console. Side by side, because
// none of them needs another.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';

const programs = ['vite', 'build', '--config', 'tools/programs.vite.config.mjs', '--logLevel', 'warn'];
const builds = [
  ['nest', 'build'],
  programs,
  // The build of the image has no tests.
  ...(existsSync('test') ? [[...programs, '--mode', 'test']] : []),
  ['vite', 'build', 'apps/console', '--config', 'apps/console/vite.config.mjs', '--logLevel', 'warn'],
];

// Nothing that was built from a source that is gone may stay.
rmSync('dist', { recursive: true, force: true });
const running = builds.map(([command, ...args]) => once(spawn(command, args, { stdio: 'inherit' }), 'close'));
const codes = (await Promise.all(running)).map(([code]) => code);
process.exit(codes.every((code) => code === 0) ? 0 : 1);
