import { setTimeout } from 'node:timers/promises';
import { DatabaseOutage, type FickleDatabase } from '../../test/support/database-outage.ts';
import { Interlock } from '../../test/support/interlock.ts';
import type { Seen } from '../../test/support/kept-alive-callers.ts';
import { startEmbedded } from '../../test/support/postgres-server.ts';

const callers = 64;
const wrongs = ['notEndedOnce', 'withoutIntent', 'untrueReplies', 'unpaired'] as const;
/** What counts as full speed again, against the same run before the outage. */
const fullSpeed = 0.8;
const recoverySeconds = 5;
/** Until code is compiled, connections are there and the database has its pages in memory. */
const warmUpSeconds = 10;

/**
 * Stops PostgreSQL while 64 callers pause, and starts it again after `seconds`. Prints what that left and how fast it was
 * in each second. True when all was well: only 503 while it was away, nothing lost, and from 5 s after its return on as
 * fast as before, by the medians of `seconds` seconds each.
 */
export async function outage(seconds: number): Promise<boolean> {
  const server = await startEmbedded();
  const interlock = await Interlock.start({ journalCapacity: 1_000_000 });
  try {
    const database: FickleDatabase = { url: server.url, goDown: () => server.halt(), comeBack: () => server.resume() };
    const run = await DatabaseOutage.start(interlock, database, callers);
    await setTimeout(warmUpSeconds * 1_000);
    const before = performance.now();
    await setTimeout(seconds * 1_000);
    await run.goDown();
    await setTimeout(seconds * 1_000);
    await run.comeBack();
    const back = performance.now();
    await setTimeout((recoverySeconds + seconds) * 1_000);
    const report = await run.report();
    console.log(JSON.stringify(report, null, 2));
    const speedBefore = perSecond(run.seen, before, seconds);
    const recovering = perSecond(run.seen, back, recoverySeconds);
    const speedAfter = perSecond(run.seen, back + recoverySeconds * 1_000, seconds);
    console.log(`pauses in each second before: ${told(speedBefore)}`);
    console.log(`in the first ${recoverySeconds} s after its return: ${recovering.join(' ')}`);
    console.log(`then: ${told(speedAfter)}`);
    const first = run.seen.find(({ at, end }) => at > back && 'status' in end && end.status === 204);
    console.log(`first 204 ${first === undefined ? 'never' : `${Math.round(first.at - back)} ms`} after its return`);
    const faults = [
      ...(Object.keys(report.endsWhileAway).join() === '503' ? [] : ['not only 503 while it was away']),
      ...wrongs.filter((wrong) => report[wrong].length > 0),
      ...(median(speedAfter) >= median(speedBefore) * fullSpeed ? [] : ['it did not come back to full speed']),
    ];
    for (const fault of faults) console.log(`broken: ${fault}`);
    return faults.length === 0;
  } finally {
    await interlock.stop();
    await server.stop();
  }
}

/** Pauses that were accepted in each of so many seconds. */
function perSecond(seen: readonly Seen[], from: number, seconds: number): readonly number[] {
  const counts = Array.from({ length: seconds }, () => 0);
  for (const { at, end } of seen) {
    const second = Math.floor((at - from) / 1_000);
    const count = counts[second];
    if (count !== undefined && 'status' in end && end.status === 204) counts[second] = count + 1;
  }
  return counts;
}

function told(speed: readonly number[]): string {
  return `${speed.join(' ')}, median ${median(speed)}`;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
