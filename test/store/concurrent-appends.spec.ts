import { startPostgres } from '../support/postgres.ts';
import { appendConcurrently } from '../support/concurrent-appends.ts';
import { startSqlite } from './databases.ts';

/** Writers at once, as the torture runs it: fewer events here. */
const cases = [
  { name: '64 appenders of one process in SQLite', start: startSqlite, processes: 1, appenders: 64, events: 500 },
  { name: '3 processes in PostgreSQL', start: startPostgres, processes: 3, appenders: 8, events: 64 },
];

describe('events that are appended at once', () => {
  it.each(cases)(
    'by $name stand in the log without gaps, where their writers were told',
    async ({ start, ...load }) => {
      const database = await start();
      const { acknowledged, entries, misplaced } = await appendConcurrently(database, load);
      await database.stop();
      expect(acknowledged).toBeGreaterThanOrEqual(load.processes * load.events);
      expect(entries).toBe(acknowledged);
      expect(misplaced).toEqual([]);
    },
  );
});
