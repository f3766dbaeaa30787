import { type RawBuilder, sql } from 'kysely';
import { type AuditQuery, columnOfField, type QueryTerm } from '#audit';
import { toTimestamp } from '#kernel';
import { columnOf } from '../leaf-row.ts';
import { searchBlock } from '../migrations/search-blocks.ts';
import type { IndexRange } from './index-windows.ts';

/** A condition on a row of `audit_leaf`. */
export type Condition = RawBuilder<unknown>;

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
