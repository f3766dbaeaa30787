import { type RawBuilder, sql } from 'kysely';
import { type AuditQuery, columnOfField, type QueryField, type QueryTerm } from '#audit';
import { toTimestamp } from '#kernel';
import { columnOf } from '../leaf-row.ts';
import type { Dialect } from '../migrations/dialect.ts';
import { searchBlock } from '../migrations/search-blocks.ts';
import type { IndexRange } from './index-windows.ts';

/** A condition on a row of `audit_leaf`. */
export type Condition = RawBuilder<unknown>;

/** Fields from the one that few entries share to the one that most do. */
const mostSelectiveFirst: readonly QueryField[] = [
  'request',
  'client-request',
  'ticket',
  'job',
  'principal',
  'actor',
  'rule',
  'type',
  'application',
  'outcome',
  'decision',
  'action',
];

const ofOneRequest: ReadonlySet<QueryField> = new Set(['request', 'client-request', 'ticket']);
const usualOutcomes: ReadonlySet<string> = new Set(['success', 'applied']);

/**
 * Names the index to read from where the database would guess: SQLite has no statistics of the log, and takes the
 * unique index of the primary key for better than any other. PostgreSQL knows its data.
 */
export function indexHint(field: QueryField | undefined, dialect: Dialect): Condition {
  return field === undefined || dialect === 'postgres' ? sql`` : sql`indexed by ${sql.ref(indexOfField[field])}`;
}

const indexOfField: Readonly<Record<QueryField, string>> = {
  actor: 'audit_leaf_actor',
  application: 'audit_leaf_application',
  action: 'audit_leaf_action',
  type: 'audit_leaf_type',
  principal: 'audit_leaf_principal',
  job: 'audit_leaf_job',
  decision: 'audit_leaf_decision',
  outcome: 'audit_leaf_outcome',
  rule: 'audit_leaf_rule',
  ticket: 'audit_leaf_ticket',
  request: 'audit_leaf_request_id',
  'client-request': 'audit_leaf_client_request_id',
};

/** The field whose index a query is read from; undefined when the query names no value that must be there. */
export function leadingField(query: AuditQuery): QueryField | undefined {
  const terms = query.flatMap((term) => (term.kind === 'value' && !term.negated ? [term] : []));
  const wanted = new Set(terms.map(({ field }) => field));
  const first = mostSelectiveFirst.find((field) => wanted.has(field));
  // Of a job that is asked for often there are many entries, of calls that went wrong never.
  const rare = terms.some(({ field, value }) => field === 'outcome' && !usualOutcomes.has(value));
  return rare && (first === undefined || !ofOneRequest.has(first)) ? 'outcome' : first;
}

/** The conditions of a query, one per term, on a table with that alias. */
export function conditionsOf(query: AuditQuery, table: 'leaf' | 'began'): readonly Condition[] {
  return query.map((term) => {
    const condition = conditionOf(term, table);
    return term.negated ? sql`not (${condition})` : condition;
  });
}

function conditionOf(term: QueryTerm, table: string): Condition {
  switch (term.kind) {
    case 'value': {
      const column = sql.ref(`${table}.${columnOf[columnOfField[term.field]]}`);
      // A negated term holds for a row without the field, where a plain comparison is neither true nor false.
      return term.negated ? sql`coalesce(${column}, '') = ${term.value}` : sql`${column} = ${term.value}`;
    }
    case 'created':
      // Never from its own index, which is not in the log's order: `created` has been turned into a range of indexes.
      return between(sql`coalesce(${sql.ref(`${table}.time`)}, '')`, {
        ...(term.from !== undefined && { from: toTimestamp(term.from) }),
        ...(term.to !== undefined && { to: toTimestamp(term.to) }),
      });
    case 'index':
      return between(sql.ref(`${table}.idx`), term);
  }
}

/**
 * That the entry is within the range. `led`: in words by which the index of a filter is found, which has one part per
 * block of the log.
 */
export function within(table: 'leaf' | 'began' | 'ended', range: IndexRange, led: boolean): Condition {
  const index = sql.ref(`${table}.idx`);
  if (!led) return between(index, range);
  const first = Math.floor(range.from / searchBlock);
  const count = Math.floor(range.to / searchBlock) - first + 1;
  const blocks = Array.from({ length: count }, (_, at) => sql`${first + at}`);
  return sql`${index} / ${sql.lit(searchBlock)} in (${sql.join(blocks)}) and ${between(index, range)}`;
}

/** That the value lies within both ends, as far as they are given. */
export function between(
  value: RawBuilder<unknown>,
  { from, to }: { readonly from?: string | number; readonly to?: string | number },
): Condition {
  const ends = [
    ...(from === undefined ? [] : [sql`${value} >= ${from}`]),
    ...(to === undefined ? [] : [sql`${value} <= ${to}`]),
  ];
  return sql`(${sql.join(ends, sql` and `)})`;
}
