import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Which build to test, for those who keep several. */
export const dist = process.env['INTERLOCK_TEST_DIST'] ?? 'dist';

/** A broker as operators run it: its own process, from the build, configured by environment. */
export interface BrokerProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything that it has written so far. */
  output(): string;
  /** Resolves when it has ended, whatever the reason. */
  readonly ended: Promise<unknown>;
  hasEnded(): boolean;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/**
 * Starts the built broker, or another main that starts one, and resolves when it is ready; rejects with its output when
 * it ends first.
 */
export async function startBrokerProcess(
  environment: Readonly<Record<string, string>>,
  main: readonly string[] = [`${dist}/bin/broker.js`],
): Promise<BrokerProcess> {
  // The semi-space size is production's: left alone, V8 lets short-lived objects of a long export take 90 MiB.
  // A full disk is an error to handle and not a signal to die of; test/e2e/unwritable.spec.ts limits the file size.
  const child = spawn(
    'sh',
    ['-c', `trap '' XFSZ; exec "$0" "$@"`, process.execPath, '--max-semi-space-size=16', ...main],
    {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', ...compileCache, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'close');
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      const found = /"url":"([^"]+)".*"msg":"interlock is ready"/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('close', (code) => {
      reject(new BrokerEnded(code, output));
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the broker has no process id');
  return {
    url,
    pid,
    output: () => output,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
  };
}

/** The broker ended before it was ready. */
export class BrokerEnded extends Error {
  constructor(
    readonly exitCode: number | null,
    readonly output: string,
  ) {
    super(`the broker ended with ${String(exitCode)}:\n${output}`);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
  return child.exitCode;
}
