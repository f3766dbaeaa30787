import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const children: ChildProcess[] = [];

/** Starts a program and resolves with the first line of output that `wanted` accepts; fails with its output otherwise. */
export function startProgram<Found>(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  wanted: (line: string) => Found | undefined,
): Promise<Found> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      const found = wanted(line);
      if (found !== undefined) resolve(found);
    });
    child.once('close', (code) => {
      reject(new Error(`${name} ended with ${String(code)}:\n${output}`));
    });
  });
}

/** Ends everything that was started, the newest first, and waits for it. */
export async function stopPrograms(): Promise<void> {
  for (const child of children.reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await closed;
  }
}
