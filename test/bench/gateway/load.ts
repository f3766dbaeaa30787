import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PauseRequest } from './bench-world.ts';

/** What the load process is told. */
export interface LoadOptions {
  readonly url: string;
  /** PEM certificate to trust. */
  readonly ca: string;
  readonly connections: number;
  readonly requests: readonly PauseRequest[];
  /** How long to send, or how many. */
  readonly seconds?: number;
  readonly amount?: number;
}

/** What callers saw. Latencies in milliseconds. */
export interface LoadFigures {
  readonly accepted: number;
  /** Replies other than 2xx, and connections that failed. */
  readonly failed: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly perSecond: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** Sends requests from a process of its own for so long and tells what came of it. */
export async function load(options: LoadOptions): Promise<LoadFigures> {
  const child = fork(fileURLToPath(new URL('load-process.ts', import.meta.url)), { execArgv: [] });
  const closed = once(child, 'close').then(([code]): never => {
    throw new Error(`the load process ended with ${String(code)}`);
  });
  child.send(options);
  const [figures] = (await Promise.race([once(child, 'message'), closed])) as [LoadFigures];
  await closed.catch(() => undefined);
  return figures;
}
