import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { BrokerProcess } from '../../test/support/broker-process.ts';
import { HeapProbe } from '../../test/support/heap-probe.ts';
import { call } from '../../test/support/http-client.ts';
import { Interlock } from '../../test/support/interlock.ts';
import { countEnds, KeptAliveCallers } from '../../test/support/kept-alive-callers.ts';
import { memoryOf } from '../../test/support/process-memory.ts';
import { verify } from '../../test/support/verifier-process.ts';
import { growthOf, inMebibytes, type Tenth } from './soak-growth.ts';

const callers = 32;
const maximumSeconds = 10;
const lookEveryMillis = 250;

/**
 * Finds the highest rate of pauses in 10 s, then keeps half of it for `minutes`, in tenths with a look at the heap between
 * them. True when no request failed, memory was flat after the first fifth ({@link growthOf}), and the log verifies.
 */
export async function soak(minutes: number): Promise<boolean> {
  const interlock = await Interlock.start();
  try {
    const broker = await interlock.broker({ INTERLOCK_READ_BEFORE_PAUSE: 'false', ...HeapProbe.environment });
    const probe = await HeapProbe.attach(broker);
    const token = await interlock.hrPortal();
    const rate = (await highestRate(broker.url, token)) / 2;
    const steady = new KeptAliveCallers(token, callers);
    const database = join(interlock.folder, 'interlock.db');
    const tenths: Tenth[] = [];
    for (let tenth = 1; tenth <= 10; tenth++) {
      const highestRss = await underLoad(steady, broker, rate, minutes * 6_000);
      tenths.push({ highestRss, reachable: await probe.reachable(), database: statSync(database).size });
    }
    steady.close();
    await probe.close();
    const vkey = String((await call(`${broker.url}/log/vkey`)).data).trim();
    const exitCode = await broker.stop();
    const log = verify('database', database, '--vkey', vkey);
    const ends = countEnds(steady.seen);
    console.log(`${minutes} min at ${Math.round(rate)} pauses/s, half of the highest rate: ${JSON.stringify(ends)}`);
    console.table(tenths.map(shown));
    console.log(`log: ${log.verdict}, ${log.entries.verified} entries verified ${log.stderr}`);
    const faults = [
      ...(Object.keys(ends).join() === '204' ? [] : ['not every reply was 204']),
      ...growthOf(tenths),
      ...(exitCode === 0 ? [] : [`the broker ended with ${exitCode}`]),
      ...(log.exitCode === 0 ? [] : ['the log does not verify']),
    ];
    for (const fault of faults) console.log(`broken: ${fault}`);
    return faults.length === 0;
  } finally {
    await interlock.stop();
  }
}

/** Pauses per second when callers send the next as soon as the last was answered. */
async function highestRate(url: string, token: string): Promise<number> {
  const fast = new KeptAliveCallers(token, callers);
  const end = performance.now() + maximumSeconds * 1_000;
  await fast.run(url, () => performance.now() < end);
  fast.close();
  return fast.seen.length / maximumSeconds;
}

/** Keeps the rate for so long; gives the highest resident memory in that time. */
async function underLoad(
  steady: KeptAliveCallers,
  broker: BrokerProcess,
  rate: number,
  millis: number,
): Promise<number> {
  const until = performance.now() + millis;
  const goOn = () => performance.now() < until;
  let highest = 0;
  const watch = async () => {
    while (goOn()) {
      await setTimeout(lookEveryMillis);
      highest = Math.max(highest, memoryOf(broker.pid).now);
    }
  };
  await Promise.all([steady.run(broker.url, goOn, paced(rate)), watch()]);
  return highest;
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

function shown({ highestRss, reachable, database }: Tenth): Readonly<Record<string, string>> {
  return {
    'highest RSS': inMebibytes(highestRss),
    'reachable at rest': inMebibytes(reachable),
    database: inMebibytes(database),
  };
}
