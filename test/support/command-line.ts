import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dist } from './broker-process.ts';
import { compileCache } from './compile-cache.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a command wrote and ended with. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the built `interlock` as operators do: a process of its own, configured by environment. */
export function interlockCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', ...compileCache, ...environment };
  return new Promise((resolve) => {
    const command = [`${dist}/bin/interlock.js`, ...args];
    const child = execFile(process.execPath, command, { cwd: root, env }, (_, out, error) => {
      resolve({ code: child.exitCode ?? -1, out, error });
    });
  });
}
