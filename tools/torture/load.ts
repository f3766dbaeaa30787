import { Interlock } from '../../test/support/interlock.ts';
import { type LoadResult, pauseUnderLoad } from '../../test/support/load.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { unpaired, verifiedEvents } from '../../test/support/recorded-events.ts';

const callers = 64;

/**
 * Lets 64 callers pause as fast as they can, on SQLite with one broker and on PostgreSQL with two, then derives each
 * log again from its bytes. Prints what was seen; true when every 204 has its intent and its successful outcome.
 */
export async function load(seconds: number): Promise<boolean> {
  const onSqlite = await run('SQLite, 1 broker', {}, 1, seconds);
  const postgres = await startPostgres();
  try {
    return (await run('PostgreSQL, 2 brokers', { DATABASE_URL: postgres.url }, 2, seconds)) && onSqlite;
  } finally {
    await postgres.stop();
  }
}

async function run(
  name: string,
  database: Readonly<Record<string, string>>,
  replicas: number,
  seconds: number,
): Promise<boolean> {
  const interlock = await Interlock.start();
  try {
    const brokers = await Promise.all(Array.from({ length: replicas }, () => interlock.broker(database)));
    const until = performance.now() + seconds * 1000;
    const result = await pauseUnderLoad(brokers, await interlock.hrPortal(), callers, () => performance.now() < until);
    await Promise.all(brokers.map((broker) => broker.stop()));
    const events = await verifiedEvents(interlock.environment(database));
    const lost = unpaired(events, result.accepted);
    tell(name, seconds, result, events.length, lost.length);
    return lost.length === 0 && result.accepted.length > 0;
  } finally {
    await interlock.stop();
  }
}

function tell(name: string, seconds: number, result: LoadResult, entries: number, lost: number): void {
  const rate = Math.round(result.accepted.length / seconds);
  console.log(
    `${name}: ${callers} callers for ${seconds} s, statuses ${JSON.stringify(result.statuses)}, ${rate} pauses/s; ` +
      `${entries} entries derived again and equal to the checkpoint; 204 without intent and outcome: ${lost}`,
  );
}
