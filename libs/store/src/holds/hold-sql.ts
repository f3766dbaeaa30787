import { openCondition } from '../migrations/open-holds.ts';
import { changingColumns, holdColumns } from './hold-row.ts';

/** Columns of a hold as a statement lists them. */
export const holdColumnList = holdColumns.join(', ');

/** What an insert does with a hold that is there already. */
export const holdConflict = `on conflict (log_id, idx) do update set ${changingColumns
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')}`;

/** The open holds, to be narrowed to one job. */
export const openHolds = `select ${holdColumnList} from hold where ${openCondition} and log_id =`;

/** A timer that is set anew belongs to nobody, and whoever still works on the old one has lost it. */
export const timerConflict = `on conflict (log_id, idx, kind) do update set due_at = excluded.due_at,
  lease_owner = null, lease_until = 0, fence = hold_timer.fence + 1, attempts = 0, last_error = null`;
