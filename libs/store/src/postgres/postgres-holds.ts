import type { QueryResultRow } from 'pg';
import type { NewEntry } from '#audit';
import type { QueryValue } from './array-literal.ts';
import { holdColumnList, holdConflict, openHolds, timerConflict } from '../holds/hold-sql.ts';
import { holdColumns, holdOfRow, type HoldRow, rowOfHold } from '../holds/hold-row.ts';
import { holdEventsOf, jobsOf, projectHolds } from '../holds/project-holds.ts';

/** Asks within the append's transaction. */
type Ask = (text: string, values: QueryValue[]) => Promise<{ readonly rows: QueryResultRow[] }>;

const numbers: ReadonlySet<string> = new Set(['idx', 'since', 'until', 'generation']);
const typeOf = (column: string) => (column === 'contested' ? 'integer[]' : numbers.has(column) ? 'bigint[]' : 'text[]');

const sql = {
  open: `${openHolds} $1 and (service_principal_id, job_id) in (select * from unnest($2::text[], $3::text[]))`,
  write: `insert into hold (log_id, ${holdColumnList})
    select $1, h.* from unnest(${holdColumns.map((column, at) => `$${at + 2}::${typeOf(column)}`).join(', ')}) as h
    ${holdConflict}`,
  setTimers: `insert into hold_timer (log_id, idx, kind, due_at)
    select $1, t.* from unnest($2::bigint[], $3::text[], $4::bigint[]) as t ${timerConflict}`,
  clearTimers: `delete from hold_timer where log_id = $1
    and (idx, kind) in (select * from unnest($2::bigint[], $3::text[]))`,
} as const;

/** Brings the holds up to date with the entries of an append, within its transaction. */
export async function writePostgresHolds(
  ask: Ask,
  logId: number,
  from: number,
  entries: readonly NewEntry[],
): Promise<void> {
  const events = holdEventsOf(entries, from);
  if (events.length === 0) return;
  const jobs = jobsOf(events);
  const { rows } = await ask(sql.open, [
    logId,
    jobs.map(({ servicePrincipalId }) => servicePrincipalId),
    jobs.map(({ jobId }) => jobId),
  ]);
  const { changed } = projectHolds(events, (rows as HoldRow[]).map(holdOfRow));
  if (changed.length === 0) return;
  const after = changed.map(({ hold }) => rowOfHold(hold));
  await ask(sql.write, [logId, ...holdColumns.map((column) => after.map((row) => row[column]))]);
  const set = changed.flatMap(({ hold, timers }) => timers.set.map((timer) => ({ index: hold.index, ...timer })));
  if (set.length > 0) {
    const columns = [set.map(({ index }) => index), set.map(({ kind }) => kind), set.map(({ due }) => due)];
    await ask(sql.setTimers, [logId, ...columns]);
  }
  const clear = changed.flatMap(({ hold, timers }) => timers.clear.map((kind) => ({ index: hold.index, kind })));
  if (clear.length > 0) {
    await ask(sql.clearTimers, [logId, clear.map(({ index }) => index), clear.map(({ kind }) => kind)]);
  }
}
