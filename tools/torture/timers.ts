import { setTimeout } from 'node:timers/promises';
import { TimedHolds, type TimerReport } from '../../test/support/timed-holds.ts';

/** All holds end within this time. */
const spreadMillis = 5_000;

/**
 * Lets so many holds end within 5 s: on PostgreSQL with two replicas of which one is killed in the middle, on SQLite with
 * one broker that is killed and started again. Prints how often each job was started and how late; true when each was
 * started exactly once.
 */
export async function timers(count: number): Promise<boolean> {
  const onPostgres = await run('PostgreSQL', 2, count);
  return (await run('SQLite', 1, count)) && onPostgres;
}

async function run(store: 'SQLite' | 'PostgreSQL', replicas: number, count: number): Promise<boolean> {
  const holds = await TimedHolds.start(store, count);
  try {
    const brokers = await Promise.all(Array.from({ length: replicas }, () => holds.broker()));
    // So long, on a busy machine, a pause takes at most.
    const due = Date.now() + 10_000 + count * 100;
    await holds.hold(brokers, due, spreadMillis);
    await holds.started(Math.ceil(count / 4));
    await brokers[0]?.kill();
    const before = holds.startsSoFar;
    if (replicas === 1) await holds.broker();
    await holds.started(count);
    // A second start of any job would come while the orphans of the killed broker are looked into.
    await setTimeout(10_000);
    tell(store, replicas, holds.report(before));
    return holds.report(before).notOnce.length === 0;
  } finally {
    await holds.stop();
  }
}

function tell(store: string, replicas: number, { holds, startedBefore, notOnce, lateness }: TimerReport): void {
  console.log(
    `${store}, ${replicas} broker(s): ${holds} holds, one broker killed after ${startedBefore} starts, not started once: ` +
      `${notOnce.length}; late by ${lateness.median} ms in the middle, ${lateness.p99} ms at 99 %, ${lateness.longest} ms at most`,
  );
  for (const one of notOnce.slice(0, 10)) console.log(one);
}
