import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Linux counts CPU time for us in hundredths of a second (USER_HZ, proc_pid_stat(5)). */
const microsPerTick = 10_000;

/** A program of its own that listens somewhere, and what it costs, as the operating system counts it. */
export class MeasuredProcess {
  readonly #child: ChildProcess;
  readonly #pid: number;

  private constructor(
    readonly url: string,
    /** Milliseconds from its start until it listened. */
    readonly startMillis: number,
    child: ChildProcess,
    pid: number,
  ) {
    this.#child = child;
    this.#pid = pid;
  }

  /** Starts a program and resolves when a line of its output, as JSON, tells its `url`. Rejects when it ends first. */
  static async start(
    command: readonly [string, ...string[]],
    environment: Readonly<Record<string, string>>,
  ): Promise<MeasuredProcess> {
    const [program, ...args] = command;
    const begun = performance.now();
    const env = { PATH: process.env['PATH'] ?? '', ...environment };
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const lines = createInterface({ input: child.stdout });
    const url = await new Promise<string>((resolve, reject) => {
      lines.on('line', (line) => {
        const found = /"url":"([^"]+)"/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
        else errors += `${line}\n`;
      });
      child.once('close', (code) => {
        reject(new Error(`${command.join(' ')} ended with ${String(code)}:\n${errors}`));
      });
      child.once('error', reject);
    });
    const startMillis = performance.now() - begun;
    // Its log goes on, and is thrown away at the least cost for the others on the machine.
    lines.close();
    child.stdout.resume();
    if (child.pid === undefined) throw new Error('a process without id');
    return new MeasuredProcess(url, startMillis, child, child.pid);
  }

  /** CPU time of all its threads so far, in microseconds. */
  cpuMicros(): number {
    const stat = readFileSync(`/proc/${this.#pid}/stat`, 'utf8');
    // The second field is the program's name, which may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * microsPerTick;
  }

  /** Memory that is in RAM now, and the most that ever was, in MiB. */
  memory(): { readonly now: number; readonly peak: number } {
    const status = readFileSync(`/proc/${this.#pid}/status`, 'utf8');
    const mebibytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
    return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }
}
