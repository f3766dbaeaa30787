import { type EpochMillis, toTimestamp } from '#kernel';
import type { AuditQuery, QueryTerm } from './audit-query.ts';
import { nameOf } from './parse-query.ts';

/** The one text of a query: what `parseQuery` reads as the same query. It is what is recorded and signed. */
export function formatQuery(query: AuditQuery): string {
  return query.map((term) => `${term.negated ? '-' : ''}${nameOf(term)}:${valueOf(term)}`).join(' ');
}

function valueOf(term: QueryTerm): string {
  switch (term.kind) {
    case 'value':
      return /^[!#-[\]-~]+$/.test(term.value) ? term.value : `"${term.value.replaceAll(/["\\]/g, '\\$&')}"`;
    case 'created':
      return range(timestamp(term.from), timestamp(term.to));
    case 'index':
      return range(term.from, term.to);
  }
}

function range(from: string | number | undefined, to: string | number | undefined): string {
  return `${from ?? '*'}..${to ?? '*'}`;
}

function timestamp(at: EpochMillis | undefined): string | undefined {
  return at === undefined ? undefined : toTimestamp(at);
}
