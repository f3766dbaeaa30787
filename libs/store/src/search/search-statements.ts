import { type Expression, type Kysely, type RawBuilder, sql } from 'kysely';
import type { AuditQuery, SearchPage } from '#audit';
import { columnOf, leafFields } from '../leaf-row.ts';
import type { Dialect } from '../migrations/dialect.ts';
import { periodBlock } from '../migrations/log-periods.ts';
import type { Database } from '../schema.ts';
import type { IndexRange } from './index-windows.ts';
import { beginnings, type OperationTerms } from './operation-terms.ts';
import { between, conditionsOf, within } from './search-conditions.ts';
import { indexHint, type ValueTerm } from './search-lead.ts';

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
export function eventStatement(
  logId: LogId,
  query: AuditQuery,
  lead: ValueTerm | undefined,
  dialect: Dialect,
  part: Part,
): RawBuilder<unknown> {
  const conditions = [within('leaf', part.range, lead !== undefined), ...conditionsOf(query, 'leaf')];
  return sql`select ${leafColumns('leaf')}, leaf.idx as position from audit_leaf as leaf ${indexHint(lead, dialect)}
    where leaf.log_id = ${logId} and ${sql.join(conditions, sql` and `)}
    order by leaf.idx ${direction(part)} limit ${part.limit}`;
}

/** How many entries of the range fit the lead; answered by the index alone. */
export function countStatement(
  logId: LogId,
  lead: ValueTerm,
  dialect: Dialect,
  range: IndexRange,
): RawBuilder<{ readonly fitting: number }> {
  const conditions = [within('leaf', range, true), ...conditionsOf([lead], 'leaf')];
  return sql`select cast(count(*) as integer) as fitting from audit_leaf as leaf ${indexHint(lead, dialect)}
    where leaf.log_id = ${logId} and ${sql.join(conditions, sql` and `)}`;
}

/**
 * What began an operation. Wrapped, so that no database takes the index of the type, which is not in the log's order.
 * A read that Interlock makes on its own account has a parent; the one before a pause has the pause's action.
 */
const beganOperation = sql`coalesce(began.type, '') in (${sql.join(beginnings.map((type) => sql.lit(type)))})
  and (coalesce(began.type, '') <> 'read.intent' or (coalesce(began.action, '') = 'read' and began.parent is null))`;

/** Beginnings of operations that are what the terms want. */
export function operationStatement(
  logId: LogId,
  { began, outcome, without, lead }: OperationTerms,
  dialect: Dialect,
  part: Part,
): RawBuilder<unknown> {
  const first = outcome === undefined ? 'began' : 'ended';
  const conditions = [
    within(first, part.range, lead !== undefined),
    beganOperation,
    ...conditionsOf(began, 'began'),
    ...without.map(
      ({ value }) => sql`not exists (select 1 from audit_leaf as seen where seen.log_id = began.log_id
      and seen.parent = began.event_id and coalesce(seen.outcome, '') = ${value})`,
    ),
    ...(outcome === undefined ? [] : [sql`ended.outcome = ${outcome.value}`]),
  ];
  const entries = sql`audit_leaf as ${sql.ref(first)} ${indexHint(lead, dialect)}`;
  const joined =
    outcome === undefined ? sql`` : sql`${firstTo(dialect)} audit_leaf as began on began.event_id = ended.parent`;
  return sql`select ${leafColumns('began')}, ${sql.ref(`${first}.idx`)} as position from ${entries} ${joined}
    where ${sql.ref(`${first}.log_id`)} = ${logId} and ${sql.join(conditions, sql` and `)}
    order by ${sql.ref(`${first}.idx`)} ${direction(part)} limit ${part.limit}`;
}

/** SQLite takes the tables of a cross join in the order in which they are written. */
const firstTo = (dialect: Dialect) => (dialect === 'sqlite' ? sql`cross join` : sql`join`);

/**
 * The first and the last of the blocks from `first` to `last` in which anything happened at that time; both null when there
 * is none. One look into the index per block, because times are not in the log's order and a period may be all of it.
 */
export function periodStatement(
  logId: LogId,
  time: { readonly from?: string; readonly to?: string },
  blocks: { readonly first: number; readonly last: number },
  dialect: Dialect,
): RawBuilder<{ readonly first: number | null; readonly last: number | null }> {
  const hint = dialect === 'sqlite' ? sql`indexed by audit_leaf_period` : sql``;
  // A value with a limit cannot become a join over the whole period; ordered, it is not looked for along the table.
  return sql`with recursive block (number) as (select ${sql.lit(blocks.first)} union all select number + 1 from block where number < ${blocks.last})
    select min(number) as first, max(number) as last from block
    where (select leaf.time from audit_leaf as leaf ${hint} where leaf.log_id = ${logId}
      and leaf.idx / ${sql.lit(periodBlock)} = block.number and ${between(sql.ref('leaf.time'), time)} order by leaf.time limit 1) is not null`;
}

/** The log's id by its origin: a subquery, because the log may come into being at any time, on any replica. */
export function logIdOf(db: Kysely<Database>, origin: string): LogId {
  return db.selectFrom('audit_head').select('log_id').where('origin', '=', origin);
}
