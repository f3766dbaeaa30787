import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { AuditReview, parseQuery } from '#audit';
import { SystemClock } from '#kernel';
import { someApplication, someRequest } from '#testing';
import { median, whole } from '../figures.ts';
import { circumstances } from '../scenario.ts';
import type { BenchLog, NamedLog } from './bench-log.ts';

const verifier = fileURLToPath(new URL('../../../dist/apps/verifier/src/main.js', import.meta.url));
/** Entries of the export that is verified. */
const exported = 100_000;

/** Events per second of the built verifier, which reads the SQLite file, and an export, and derives everything again. */
export async function verificationRate(logs: readonly NamedLog[], rounds: number): Promise<string> {
  const log = logs.find(({ log }) => log.database.url.startsWith('sqlite'))?.log;
  if (log === undefined) throw new Error('There is no SQLite log to verify');
  const size = await log.use(async (store) => (await log.open(store.log(log.origin))).size);
  const folder = await mkdtemp(join(tmpdir(), 'interlock-bench-'));
  try {
    const file = join(folder, 'export.ndjson');
    const count = Math.min(size, exported);
    await exportTo(file, log, count);
    const database = await rateOf(['database', log.database.url.slice('sqlite:'.length)], size, log, rounds);
    const ndjson = await rateOf(['export', file], count, log, rounds);
    return `\`interlock-verify database\` on ${whole(size)} entries, every byte derived again: **${whole(database)} events/s**. \`interlock-verify export\` on the first ${whole(count)} of them, in one thread: ${whole(ndjson)} events/s. Medians of ${rounds} runs, start of the process included. ${circumstances()}.`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The first entries of the log, as a reviewer gets them. */
function exportTo(file: string, log: BenchLog, count: number): Promise<void> {
  return log.use(async (store) => {
    const opened = await log.open(store.log(log.origin));
    const review = new AuditReview(opened, store.search(log.origin));
    const receivedAt = new SystemClock().now();
    const reviewer = { request: someRequest({ receivedAt }), caller: someApplication(1), purpose: 'Measuring' };
    const lines = await review.export(parseQuery(`index:0..${count - 1}`), 'ndjson', reviewer);
    await pipeline(lines, createWriteStream(file));
    await opened.close();
  });
}

async function rateOf(args: readonly string[], events: number, log: BenchLog, rounds: number): Promise<number> {
  const rates: number[] = [];
  for (let round = 1; round <= rounds; round++) rates.push(events / (await secondsOf(args, log.key.vkey)));
  return median(rates);
}

/** Seconds of one run; throws when it finds anything. */
async function secondsOf(what: readonly string[], vkey: string): Promise<number> {
  const began = performance.now();
  const args = ['--disable-warning=ExperimentalWarning', verifier, ...what, '--vkey', vkey, '--json'];
  const [code] = (await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'close')) as [number | null];
  // 3: nothing is wrong, but an export of a part does not lead to the root.
  if (code !== 0 && !(what[0] === 'export' && code === 3)) throw new Error(`The verifier ended with ${String(code)}`);
  return (performance.now() - began) / 1000;
}
