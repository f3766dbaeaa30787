import { setTimeout } from 'node:timers/promises';
import { IdleCrowd } from '../../test/support/idle-crowd.ts';
import { Interlock } from '../../test/support/interlock.ts';
import { countEnds, KeptAliveCallers } from '../../test/support/kept-alive-callers.ts';
import { memoryOf } from '../../test/support/process-memory.ts';

const callers = 16;
const idleConnections = 10_000;
const slowClients = 100;
const allowedRatio = 2;

/**
 * Lets 16 callers pause, alone and then beside 10,000 idle connections and 100 clients that send a byte a second. Prints
 * p50 and p99 of both; true when the crowd does not make p99 more than twice as long and no request fails.
 */
export async function idle(seconds: number): Promise<boolean> {
  const interlock = await Interlock.start();
  try {
    const broker = await interlock.broker({ INTERLOCK_READ_BEFORE_PAUSE: 'false' });
    const token = await interlock.hrPortal();
    const measure = (name: string) => measured(name, broker.url, broker.pid, token, seconds);
    // The first requests are for compiling.
    await measured('warm-up', broker.url, broker.pid, token, 3);
    const before = await measure('alone');
    const crowd = new IdleCrowd(broker.url);
    const opened = await crowd.stayIdle(idleConnections);
    crowd.beSlow(slowClients);
    // Until the first of the slow ones have been cut and come again.
    await setTimeout(16_000);
    console.log(`${opened} idle connections opened, ${crowd.open} open with ${slowClients} slow clients among them`);
    const beside = await measure('beside them');
    console.log(`${crowd.open} still open`);
    crowd.close();
    const after = await measure('alone again');
    const ratio = quantile(beside, 0.99) / quantile([...before, ...after], 0.99);
    console.log(`beside them p99 is ${ratio.toFixed(2)} times what it is alone, before and after together`);
    const isStopped = (await broker.stop()) === 0;
    return isStopped && ratio <= allowedRatio;
  } finally {
    await interlock.stop();
  }
}

/** Milliseconds of each pause; throws when one of them failed. */
async function measured(
  name: string,
  url: string,
  pid: number,
  token: string,
  seconds: number,
): Promise<readonly number[]> {
  const kept = new KeptAliveCallers(token, callers);
  const until = performance.now() + seconds * 1_000;
  await kept.run(url, () => performance.now() < until);
  kept.close();
  const millis = kept.seen.map((seen) => seen.millis);
  const ends = countEnds(kept.seen);
  const rss = Math.round(memoryOf(pid).now / 2 ** 20);
  console.log(
    `${name}: p50 ${quantile(millis, 0.5).toFixed(1)} ms, p99 ${quantile(millis, 0.99).toFixed(1)} ms, ${JSON.stringify(ends)}, RSS ${rss} MiB`,
  );
  if (kept.seen.length !== ends['204']) throw new Error('A pause failed');
  return millis;
}

function quantile(numbers: readonly number[], part: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * part)] ?? Number.NaN;
}
