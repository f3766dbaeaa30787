import type { LogHead, NewEntry } from '#audit';
import type { JobRef } from '#kernel';
import { changingColumns, holdColumns, holdOfRow, type HoldRow, rowOfHold } from '../holds/hold-row.ts';
import { holdColumnList, openHolds, timerConflict } from '../holds/hold-sql.ts';
import { holdEventsOf, jobsOf, projectHolds } from '../holds/project-holds.ts';
import { KnownHolds } from './known-holds.ts';
import type { SqliteDatabase, SqliteStatement } from './sqlite-database.ts';

const sql = {
  open: `${openHolds} ? and service_principal_id = ? and job_id = ?`,
  make: `insert into hold (log_id, ${holdColumnList}) values (?, ${holdColumns.map(() => '?').join(', ')})`,
  change: `update hold set ${changingColumns.map((column) => `${column} = ?`).join(', ')} where log_id = ? and idx = ?`,
  setTimer: `insert into hold_timer (log_id, idx, kind, due_at) values (?, ?, ?, ?) ${timerConflict}`,
  clearTimer: 'delete from hold_timer where log_id = ? and idx = ? and kind = ?',
} as const;

/** Brings the holds up to date with the entries of appends, within their transactions. */
export class SqliteHolds {
  readonly #sql: Readonly<Record<keyof typeof sql, SqliteStatement>>;
  readonly #known = new KnownHolds();

  constructor(database: SqliteDatabase) {
    this.#sql = database.prepareAll(sql);
  }

  /** `head`: of the log before the entries. */
  write(logId: number, head: LogHead | undefined, entries: readonly NewEntry[]): void {
    this.#known.begin(head);
    const from = head?.size ?? 0;
    const events = holdEventsOf(entries, from);
    if (events.length === 0) return;
    const read = ({ servicePrincipalId, jobId }: JobRef) =>
      this.#sql.open.all([logId, servicePrincipalId, jobId]).map((row) => holdOfRow(row as unknown as HoldRow));
    const open = jobsOf(events).flatMap((job) => this.#known.of(job, read));
    const { changed } = projectHolds(events, open);
    for (const { hold, timers } of changed) {
      const row = rowOfHold(hold);
      // Apart, because an insert that becomes an update judges the table's conditions twice.
      if (hold.index >= from) this.#sql.make.run([logId, ...holdColumns.map((column) => row[column])]);
      else this.#sql.change.run([...changingColumns.map((column) => row[column]), logId, hold.index]);
      for (const { kind, due } of timers.set) this.#sql.setTimer.run([logId, hold.index, kind, due]);
      for (const kind of timers.clear) this.#sql.clearTimer.run([logId, hold.index, kind]);
    }
    this.#known.change(changed.map(({ hold }) => hold));
  }

  /** The transaction was committed, and the log has that head. */
  committed(head: LogHead): void {
    this.#known.committed(head);
  }
}
