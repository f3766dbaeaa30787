import { startSqlite } from '../../test/store/databases.ts';
import { appendConcurrently } from '../../test/support/concurrent-appends.ts';
import { startPostgres } from '../../test/support/postgres.ts';

const loads = [
  { name: 'PostgreSQL', start: startPostgres, processes: 8, appenders: 16, events: 5_000 },
  { name: 'SQLite', start: startSqlite, processes: 1, appenders: 64, events: 40_000 },
];

/** Many writers at once on each store. True when every event stands where its writer was told, and there is no other. */
export async function appenders(): Promise<boolean> {
  let well = true;
  for (const { name, start, ...load } of loads) {
    const database = await start();
    try {
      const { acknowledged, entries, misplaced, seconds } = await appendConcurrently(database, load);
      console.log(
        `${name}: ${load.processes} × ${load.appenders} appenders, ${acknowledged} events acknowledged in ` +
          `${seconds.toFixed(1)} s, ${entries} derived again without a gap, ${misplaced.length} misplaced`,
      );
      well &&= misplaced.length === 0 && entries === acknowledged;
    } finally {
      await database.stop();
    }
  }
  return well;
}
