import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median, whole } from '../figures.ts';
import { circumstances } from '../scenario.ts';
import type { NamedLog } from './bench-log.ts';

const verifier = fileURLToPath(new URL('../../../dist/apps/verifier/src/main.js', import.meta.url));

/** Events per second of the built verifier, which reads the SQLite file and derives everything again. */
export async function verificationRate(logs: readonly NamedLog[], rounds: number): Promise<string> {
  const log = logs.find(({ log }) => log.database.url.startsWith('sqlite'))?.log;
  if (log === undefined) throw new Error('There is no SQLite log to verify');
  const size = await log.use(async (store) => (await log.open(store.log(log.origin))).size);
  const rates: number[] = [];
  for (let round = 1; round <= rounds; round++) rates.push(size / (await verified(log.database.url, log.key.vkey)));
  return `\`interlock-verify database\` on ${whole(size)} entries, every byte derived again: **${whole(median(rates))} events/s** (median of ${rounds} runs, start of the process included). ${circumstances()}.`;
}

/** Seconds of one run; throws unless the log is verified. */
async function verified(databaseUrl: string, vkey: string): Promise<number> {
  const file = databaseUrl.slice('sqlite:'.length);
  const began = performance.now();
  const args = ['--disable-warning=ExperimentalWarning', verifier, 'database', file, '--vkey', vkey, '--json'];
  const [code] = (await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'close')) as [number | null];
  if (code !== 0) throw new Error(`The verifier ended with ${String(code)}`);
  return (performance.now() - began) / 1000;
}
