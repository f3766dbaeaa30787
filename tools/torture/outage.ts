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

/**
 * Stops PostgreSQL while 64 callers pause, and starts it again after `seconds`. Prints what that left and how fast it was
 * in each second. True when all was well: only 503 while it was away, nothing lost, full speed within 5 s of its return.
 */
export async function outage(seconds: number): Promise<boolean> {
  const server = await startEmbedded();
  const interlock = await Interlock.start({ journalCapacity: 1_000_000 });
  try {
    const database: FickleDatabase = { url: server.url, goDown: () => server.halt(), comeBack: () => server.resume() };
    const run = await DatabaseOutage.start(interlock, database, callers);
    // The first second is for compiling.
    await setTimeout(1_000);
    const before = await rateFor(run.seen, seconds);
    await run.goDown();
    await setTimeout(seconds * 1_000);
    await run.comeBack();
    const back = performance.now();
    await setTimeout(recoverySeconds * 1_000);
    const after = await rateFor(run.seen, seconds);
    const report = await run.report();
    const first = run.seen.find(({ at, end }) => at > back && 'status' in end && end.status === 204);
    const firstAfter = first === undefined ? 'never' : `${Math.round(first.at - back)} ms`;
    console.log(JSON.stringify(report, null, 2));
    console.log(
      `pauses/s before ${before}, from ${recoverySeconds} s after its return ${after}; first 204 after ${firstAfter}`,
    );
    const only503 = Object.keys(report.endsWhileAway).join() === '503';
    return only503 && after >= before * fullSpeed && wrongs.every((wrong) => report[wrong].length === 0);
  } finally {
    await interlock.stop();
    await server.stop();
  }
}

/** Accepted pauses per second in the time that now begins. */
async function rateFor(seen: readonly Seen[], seconds: number): Promise<number> {
  const from = seen.length;
  await setTimeout(seconds * 1_000);
  const accepted = seen.slice(from).filter(({ end }) => 'status' in end && end.status === 204);
  return Math.round(accepted.length / seconds);
}
