import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { call } from '../../test/support/http-client.ts';
import { Interlock } from '../../test/support/interlock.ts';
import { countEnds, KeptAliveCallers } from '../../test/support/kept-alive-callers.ts';
import { memoryOf } from '../../test/support/process-memory.ts';
import { verify } from '../../test/support/verifier-process.ts';

const callers = 32;
const maximumSeconds = 10;
/** Heaps grow and shrink; a leak does not stop at this. */
const allowedGrowth = 1.1;

/**
 * Finds the highest rate of pauses in 10 s, then keeps half of it for `minutes`. Prints resident memory over that time;
 * true when no request failed, memory did not grow after the first fifth (two minutes of ten), and the log verifies.
 */
export async function soak(minutes: number): Promise<boolean> {
  const interlock = await Interlock.start();
  try {
    const environment = { INTERLOCK_READ_BEFORE_PAUSE: 'false' };
    const broker = await interlock.broker(environment);
    const token = await interlock.hrPortal();
    const fast = new KeptAliveCallers(token, callers);
    const end = performance.now() + maximumSeconds * 1_000;
    await fast.run(broker.url, () => performance.now() < end);
    fast.close();
    const rate = fast.seen.length / maximumSeconds / 2;
    const steady = new KeptAliveCallers(token, callers);
    const until = performance.now() + minutes * 60_000;
    const series: number[] = [];
    const watching = watchMemory(broker.pid, series, (minutes * 60_000) / 40, () => performance.now() < until);
    await steady.run(broker.url, () => performance.now() < until, paced(rate));
    await watching;
    steady.close();
    const vkey = String((await call(`${broker.url}/log/vkey`)).data).trim();
    const isStopped = (await broker.stop()) === 0;
    const log = verify('database', join(interlock.folder, 'interlock.db'), '--vkey', vkey);
    const ends = countEnds(steady.seen);
    const [early, late] = [median(series.slice(8, 16)), median(series.slice(-8))];
    console.log(
      `highest rate ${Math.round(rate * 2)} pauses/s; ${minutes} min at ${Math.round(rate)}/s: ${JSON.stringify(ends)}`,
    );
    console.log(`RSS in MiB: ${series.join(' ')}; median after the first fifth ${early}, at the end ${late}`);
    console.log(`log: ${log.verdict}, ${log.entries.verified} entries verified ${log.stderr}`);
    const isSound = log.exitCode === 0 && Object.keys(ends).join() === '204';
    return isStopped && isSound && late <= early * allowedGrowth;
  } finally {
    await interlock.stop();
  }
}

/** Lets callers wait so that all of them together send so many requests per second. */
function paced(perSecond: number): () => Promise<void> {
  const began = performance.now();
  let sent = 0;
  return async () => {
    sent += 1;
    const early = began + (sent / perSecond) * 1_000 - performance.now();
    if (early > 0) await setTimeout(early);
  };
}

async function watchMemory(pid: number, series: number[], everyMillis: number, goOn: () => boolean): Promise<void> {
  while (goOn()) {
    await setTimeout(everyMillis);
    series.push(Math.round(memoryOf(pid).now / 2 ** 20));
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
