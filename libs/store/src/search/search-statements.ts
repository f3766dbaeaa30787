import { type Expression, type Kysely, type RawBuilder, sql } from 'kysely';
import type { AuditQuery, SearchPage } from '#audit';
import { columnOf, leafFields } from '../leaf-row.ts';
import type { Dialect } from '../migrations/dialect.ts';
import { periodBlock } from '../migrations/log-periods.ts';
import type { Database } from '../schema.ts';
import { between, conditionsOf, indexHint, leadingField, within } from './search-conditions.ts';
import type { IndexRange } from './index-windows.ts';

/** The log that a statement reads: the value of its `log_id`. */
export type LogId = Expression<unknown>;

/** A part of the log to look through, and how many rows of it are wanted. */
export interface Part {
  readonly range: IndexRange;
  readonly order: SearchPage['order'];
  readonly limit: number;
}

const leafColumns = (table: string) =>
  sql.join(
    ['idx', 'event_id', 'body', ...leafFields.map((field) => columnOf[field])].map((name) =>
      sql.ref(`${table}.${name}`),
    ),
  );

const direction = ({ order }: Part) => (order === 'oldest' ? sql`asc` : sql`desc`);

/** Entries of which the query is true. */
export function eventStatement(logId: LogId, query: AuditQuery, dialect: Dialect, part: Part): RawBuilder<unknown> {
  const leading = leadingField(query);
  const conditions = [within('leaf', part.range, leading !== undefined), ...conditionsOf(query, 'leaf')];
  return sql`select ${leafColumns('leaf')}, leaf.idx as position from audit_leaf as leaf ${indexHint(leading, dialect)}
    where leaf.log_id = ${logId} and ${sql.join(conditions, sql` and `)}
    order by leaf.idx ${direction(part)} limit ${part.limit}`;
}

/**
 * What began an operation. Wrapped, so that no database takes the index of the type, which is not in the log's order.
 * A read that Interlock makes on its own account has a parent; the one before a pause has the pause's action.
 */
const beganOperation = sql`(coalesce(began.type, '') in ('request.denied', 'list.intent', 'pause.intent', 'start.intent')
  or (coalesce(began.type, '') = 'read.intent' and coalesce(began.action, '') = 'read' and began.parent is null))`;

/** Beginnings of operations of which the query is true, outcomes apart. */
export function operationStatement(logId: LogId, query: AuditQuery, dialect: Dialect, part: Part): RawBuilder<unknown> {
  const own = query.filter((term) => !isOutcome(term));
  const outcomes = query.flatMap((term) => (isOutcome(term) ? [term] : []));
  const wanted = outcomes.find(({ negated }) => !negated);
  const without = outcomes
    .filter(({ negated }) => negated)
    .map(
      ({ value }) => sql`not exists (select 1 from audit_leaf as seen where seen.log_id = began.log_id
      and seen.parent = began.event_id and coalesce(seen.outcome, '') = ${value})`,
    );
  if (wanted === undefined) {
    const leading = leadingField(own);
    const conditions = [
      within('began', part.range, leading !== undefined),
      beganOperation,
      ...conditionsOf(own, 'began'),
      ...without,
    ];
    return sql`select ${leafColumns('began')}, began.idx as position from audit_leaf as began
      ${indexHint(leading, dialect)}
      where began.log_id = ${logId} and ${sql.join(conditions, sql` and `)}
      order by began.idx ${direction(part)} limit ${part.limit}`;
  }
  // From the outcomes and not from the intents: an outcome such as unknown is rare, and no index of an intent knows it.
  const conditions = [within('ended', part.range, true), beganOperation, ...conditionsOf(own, 'began'), ...without];
  return sql`select ${leafColumns('began')}, ended.idx as position
    from audit_leaf as ended ${indexHint('outcome', dialect)} ${firstTo(dialect)} audit_leaf as began on began.event_id = ended.parent
    where ended.log_id = ${logId} and ended.outcome = ${wanted.value} and ${sql.join(conditions, sql` and `)}
    order by ended.idx ${direction(part)} limit ${part.limit}`;
}

/** SQLite takes the tables of a cross join in the order in which they are written. */
const firstTo = (dialect: Dialect) => (dialect === 'sqlite' ? sql`cross join` : sql`join`);

function isOutcome(term: AuditQuery[number]): term is Extract<AuditQuery[number], { readonly kind: 'value' }> {
  return term.kind === 'value' && term.field === 'outcome';
}

/**
 * The first and the last block of the log's first `blocks` in which anything happened at that time; both null when there
 * is none. One look into the index per block, because times are not in the log's order and a period may be all of it.
 */
export function periodStatement(
  logId: LogId,
  time: { readonly from?: string; readonly to?: string },
  blocks: number,
  dialect: Dialect,
): RawBuilder<{ readonly first: number | null; readonly last: number | null }> {
  const hint = dialect === 'sqlite' ? sql`indexed by audit_leaf_period` : sql``;
  // A value with a limit cannot become a join over the whole period; ordered, it is not looked for along the table.
  return sql`with recursive block (number) as (select 0 union all select number + 1 from block where number + 1 < ${blocks})
    select min(number) as first, max(number) as last from block
    where (select leaf.time from audit_leaf as leaf ${hint} where leaf.log_id = ${logId}
      and leaf.idx / ${sql.lit(periodBlock)} = block.number and ${between(sql.ref('leaf.time'), time)} order by leaf.time limit 1) is not null`;
}

/** The log's id by its origin: a subquery, because the log may come into being at any time, on any replica. */
export function logIdOf(db: Kysely<Database>, origin: string): LogId {
  return db.selectFrom('audit_head').select('log_id').where('origin', '=', origin);
}
