import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Recorded } from '#audit';
import type { EventId } from '#kernel';
import { compileCache } from './compile-cache.ts';

/** What an appender process is told, as JSON in its first argument. */
export interface AppenderOptions {
  readonly databaseUrl: string;
  readonly origin: string;
  /** PKCS#8 PEM of the log's key. */
  readonly keyFile: string;
  /** Of the database. */
  readonly disclosureKeyFile: string;
  /** Name of the replica that it is. */
  readonly instance: string;
  /** How many append at once, each of them one event at a time. */
  readonly appenders: number;
  /** About how many events it records: pauses under way are finished. Without it, it goes on until it is killed. */
  readonly events?: number;
  /** Whether to tell of each event once it is durable. */
  readonly acknowledge?: boolean;
  /** How many more it records before it is ready: a process that has just started is slower than one that runs. */
  readonly warmUp?: number;
}

const main = fileURLToPath(new URL('appender-process.ts', import.meta.url));
const typescript = ['--conditions=source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'];

/** What a process recorded, and the CPU time that it took for it, in microseconds. */
export interface RecordedEvents {
  readonly events: number;
  readonly cpuMicros: number;
}

/** A process of its own that appends to an audit log: see appender-process.ts. */
export class AppenderProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #acknowledged: Recorded[] = [];
  #recorded: RecordedEvents | undefined;
  #heard = (): void => undefined;
  #errors = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'close');
    child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.#hear(line);
      });
  }

  /** Starts it; resolves when it has opened the log. */
  static async start(options: AppenderOptions): Promise<AppenderProcess> {
    const child = spawn(process.execPath, [...typescript, main, JSON.stringify(options)], {
      env: { ...compileCache, ...process.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const appender = new AppenderProcess(child);
    const ready = once(child.stdout, 'data');
    await Promise.race([ready, appender.#ended]);
    if (child.exitCode !== null) throw appender.#failure();
    return appender;
  }

  /** Events that it was told are durable, so far. */
  get acknowledged(): readonly Recorded[] {
    return this.#acknowledged;
  }

  /** Lets it append; resolves with what it recorded once all is durable, before it has ended. */
  async run(): Promise<RecordedEvents> {
    await this.#go(() => this.#recorded !== undefined);
    if (this.#recorded === undefined) throw this.#failure();
    return this.#recorded;
  }

  /** Resolves when it has ended. */
  get ended(): Promise<unknown> {
    return this.#ended;
  }

  /** Lets it append until it has told of so many events, and kills it with SIGKILL; resolves when it is gone. */
  async killAfter(events: number): Promise<void> {
    await this.#go(() => this.#acknowledged.length >= events);
    if (this.#child.exitCode !== null) throw this.#failure();
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Ends it, if it has not ended. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Lets it append, and waits until it has told enough, or has ended. */
  async #go(enough: () => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#heard = () => {
      if (enough()) resolve(undefined);
    };
    this.#child.stdin?.write('go\n');
    await Promise.race([promise, this.#ended]);
  }

  #hear(line: string): void {
    const [first = '', second, third] = line.split(' ');
    if (second === undefined) return;
    if (first === 'recorded') this.#recorded = { events: Number(second), cpuMicros: Number(third) };
    else this.#acknowledged.push({ eventId: first as EventId, index: Number(second) });
    this.#heard();
  }

  #failure(): Error {
    return new Error(`The appender process ended by itself:\n${this.#errors}`);
  }
}
