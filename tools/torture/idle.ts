import type { BrokerProcess } from '../../test/support/broker-process.ts';
import { Crowd } from '../../test/support/crowd.ts';
import { Interlock } from '../../test/support/interlock.ts';
import { countEnds, KeptAliveCallers } from '../../test/support/kept-alive-callers.ts';
import { memoryOf } from '../../test/support/process-memory.ts';

const callers = 16;
const idleConnections = 10_000;
const slowClients = 100;
const allowedRatio = 2;
/** After the crowd has come or gone: what that itself costs the broker is over. */
const settleSeconds = 3;

/** What 16 callers saw in one measurement. */
interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

/**
 * Lets 16 callers pause, in turns alone and beside 10,000 idle connections and 100 clients that send a byte a second, each
 * for so long and so many times. True when the median of p99 beside them is at most twice the one alone, all connections
 * could be opened and stayed, and no request failed.
 */
export async function idle(seconds: number, rounds: number): Promise<boolean> {
  const interlock = await Interlock.start();
  try {
    const broker = await interlock.broker({ INTERLOCK_READ_BEFORE_PAUSE: 'false' });
    const token = await interlock.hrPortal();
    const measure = async (name: string) => {
      await pauses(broker.url, token, settleSeconds);
      return told(name, broker, await pauses(broker.url, token, seconds));
    };
    // The first requests are for compiling.
    await pauses(broker.url, token, settleSeconds);
    const alone: Measured[] = [];
    const beside: Measured[] = [];
    let fewest = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      alone.push(await measure('alone'));
      const crowd = await Crowd.gather({ url: broker.url, idle: idleConnections, slow: slowClients });
      beside.push(await measure('beside'));
      const { open, cuts } = await crowd.size();
      console.log(`${open} connections open, slow clients cut ${cuts} times`);
      fewest = Math.min(fewest, open);
      await crowd.disperse();
    }
    const exitCode = await broker.stop();
    const ratio = median(beside) / median(alone);
    console.log(
      `median of p99: ${median(alone).toFixed(1)} ms alone, ${median(beside).toFixed(1)} ms beside them, ${ratio.toFixed(2)} times as long`,
    );
    const failed = [...alone, ...beside].reduce((sum, measured) => sum + measured.failed, 0);
    const faults = [
      ...(ratio <= allowedRatio ? [] : [`p99 beside them may be ${allowedRatio} times the one alone`]),
      ...(fewest >= idleConnections ? [] : [`only ${fewest} connections were open: see \`ulimit -n\``]),
      ...(failed === 0 ? [] : [`${failed} pauses failed`]),
      ...(exitCode === 0 ? [] : [`the broker ended with ${exitCode}`]),
    ];
    for (const fault of faults) console.log(`broken: ${fault}`);
    return faults.length === 0;
  } finally {
    await interlock.stop();
  }
}

async function pauses(url: string, token: string, seconds: number): Promise<KeptAliveCallers['seen']> {
  const kept = new KeptAliveCallers(token, callers);
  const until = performance.now() + seconds * 1_000;
  await kept.run(url, () => performance.now() < until);
  kept.close();
  return kept.seen;
}

function told(name: string, broker: BrokerProcess, seen: KeptAliveCallers['seen']): Measured {
  const millis = seen.map((each) => each.millis).toSorted((a, b) => a - b);
  const [p50, p99] = [quantile(millis, 0.5), quantile(millis, 0.99)];
  const ends = countEnds(seen);
  const rss = Math.round(memoryOf(broker.pid).now / 2 ** 20);
  console.log(
    `${name}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${JSON.stringify(ends)}, broker's RSS ${rss} MiB`,
  );
  return { p50, p99, failed: seen.length - (ends['204'] ?? 0) };
}

function median(all: readonly Measured[]): number {
  return quantile(
    all.map(({ p99 }) => p99).toSorted((a, b) => a - b),
    0.5,
  );
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
}
