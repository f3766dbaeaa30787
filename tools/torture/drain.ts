import { DrainChain } from '../../test/support/drain-chain.ts';
import { Interlock } from '../../test/support/interlock.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { SeededRandom } from '../../test/support/seeded-random.ts';

const callers = 64;
const wrongs = ['badExits', 'refused', 'lost', 'unpaired', 'notEnded'] as const;

/**
 * Stops one broker after the other with SIGTERM while 64 callers send pauses as fast as they can, half of them on SQLite
 * and half on PostgreSQL, and prints what that left. True when all was well.
 */
export async function drain(runs: number, seed: number): Promise<boolean> {
  const random = new SeededRandom(seed);
  const onSqlite = await run('SQLite', {}, Math.ceil(runs / 2), random);
  const postgres = await startPostgres();
  try {
    return (await run('PostgreSQL', { DATABASE_URL: postgres.url }, Math.floor(runs / 2), random)) && onSqlite;
  } finally {
    await postgres.stop();
  }
}

async function run(
  name: string,
  database: Readonly<Record<string, string>>,
  runs: number,
  random: SeededRandom,
): Promise<boolean> {
  const interlock = await Interlock.start();
  try {
    const chain = new DrainChain(interlock, { ...database, INTERLOCK_READ_BEFORE_PAUSE: 'false' });
    for (let broker = 0; broker < runs; broker++) {
      // Some stops find all of their requests waiting for Graph.
      interlock.cloud.clearFaults();
      if (broker % 2 === 1)
        interlock.cloud.injectFault({ match: { operation: 'job.pause' }, when: 'after', delay: 50 });
      await chain.stopAfter(1 + random.next(600), callers);
    }
    const report = await chain.report();
    console.log(`${name}, ${runs} stops: ${JSON.stringify(report, null, 2)}`);
    return wrongs.every((wrong) => report[wrong].length === 0);
  } finally {
    await interlock.stop();
  }
}
