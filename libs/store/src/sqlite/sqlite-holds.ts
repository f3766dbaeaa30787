import type { NewEntry } from '#audit';
import type { Hold } from '#holds';
import { changingColumns, holdColumns, holdOfRow, type HoldRow, rowOfHold } from '../holds/hold-row.ts';
import { holdColumnList, openHolds, timerConflict } from '../holds/hold-sql.ts';
import { holdEventsOf, jobsOf, projectHolds } from '../holds/project-holds.ts';
import type { SqliteDatabase, SqliteStatement } from './sqlite-database.ts';

const sql = {
  open: `${openHolds} ? and service_principal_id = ? and job_id = ?`,
  make: `insert into hold (log_id, ${holdColumnList}) values (?, ${holdColumns.map(() => '?').join(', ')})`,
  change: `update hold set ${changingColumns.map((column) => `${column} = ?`).join(', ')} where log_id = ? and idx = ?`,
  setTimer: `insert into hold_timer (log_id, idx, kind, due_at) values (?, ?, ?, ?) ${timerConflict}`,
  clearTimer: 'delete from hold_timer where log_id = ? and idx = ? and kind = ?',
} as const;

/** Brings the holds up to date with the entries of an append, within its transaction. */
export class SqliteHolds {
  readonly #sql: Readonly<Record<keyof typeof sql, SqliteStatement>>;

  constructor(database: SqliteDatabase) {
    this.#sql = database.prepareAll(sql);
  }

  /** `from`: the index of the first entry. */
  write(logId: number, from: number, entries: readonly NewEntry[]): void {
    const events = holdEventsOf(entries, from);
    if (events.length === 0) return;
    const open: Hold[] = [];
    for (const { servicePrincipalId, jobId } of jobsOf(events)) {
      const rows = this.#sql.open.all([logId, servicePrincipalId, jobId]);
      for (const row of rows) open.push(holdOfRow(row as unknown as HoldRow));
    }
    for (const { hold, timers } of projectHolds(events, open).changed) {
      const row = rowOfHold(hold);
      // Apart, because an insert that becomes an update judges the table's conditions twice.
      if (hold.index >= from) this.#sql.make.run([logId, ...holdColumns.map((column) => row[column])]);
      else this.#sql.change.run([...changingColumns.map((column) => row[column]), logId, hold.index]);
      for (const { kind, due } of timers.set) this.#sql.setTimer.run([logId, hold.index, kind, due]);
      for (const kind of timers.clear) this.#sql.clearTimer.run([logId, hold.index, kind]);
    }
  }
}
