import type { AuditQuery, CreatedTerm, IndexTerm, QueryField, QueryTerm } from './audit-query.ts';
import { queryFields } from './audit-query.ts';
import { maxQueryLength, maxTerms } from './query-limits.ts';
import { QueryScanner, type Scanned } from './query-scanner.ts';
import { readIndex, readTime, valuesOfField } from './term-values.ts';

/** The names that stand before a colon. */
export const termNames = [...queryFields, 'created', 'index'] as const;
export type TermName = (typeof termNames)[number];

/**
 * Reads the compact query text: terms `name:value`, `-name:value` for "not", separated by spaces. Ranges are `a..b`
 * with `*` for an open end. Throws QueryMalformed with the place of the first mistake.
 */
export function parseQuery(text: string): AuditQuery {
  const scanner = new QueryScanner(text, 'q');
  if (text.length > maxQueryLength) scanner.fail(`at most ${maxQueryLength} characters`, maxQueryLength);
  const terms: QueryTerm[] = [];
  scanner.skipSpaces();
  while (!scanner.ended) {
    const begin = scanner.offset;
    if (terms.length === maxTerms) scanner.fail(`at most ${maxTerms} terms`);
    const term = parseTerm(scanner);
    if (repeats(terms, term)) scanner.fail(`${nameOf(term)} only once without "-"`, begin);
    terms.push(term);
    scanner.skipSpaces();
  }
  return terms;
}

/** The query with one more term, whose value came apart from its name; throws QueryMalformed. */
export function withTerm(query: AuditQuery, name: TermName, value: string): AuditQuery {
  const scanner = new QueryScanner(value, name);
  const term = termOf(scanner, name, { text: value, offset: 0 }, false);
  if (repeats(query, term)) scanner.fail(`${name} only once: q has it too`, 0);
  return [...query, term];
}

function repeats(terms: AuditQuery, term: QueryTerm): boolean {
  return !term.negated && terms.some((other) => !other.negated && nameOf(other) === nameOf(term));
}

/** The name of a term as it stands before the colon. */
export function nameOf(term: QueryTerm): TermName {
  return term.kind === 'value' ? term.field : term.kind;
}

function parseTerm(scanner: QueryScanner): QueryTerm {
  const negated = scanner.take('-');
  const { text, offset } = scanner.name();
  const name = termNames.find((known) => known === text);
  if (name === undefined) scanner.fail(`one of ${termNames.join(', ')}`, offset);
  if (!scanner.take(':')) scanner.fail('":"');
  return termOf(scanner, name, scanner.value(), negated);
}

function termOf(scanner: QueryScanner, name: TermName, value: Scanned, negated: boolean): QueryTerm {
  if (name === 'created') return { kind: 'created', ...timeRange(scanner, value), negated };
  if (name === 'index') return { kind: 'index', ...indexRange(scanner, value), negated };
  return { kind: 'value', field: name, value: fieldValue(scanner, name, value), negated };
}

function fieldValue(scanner: QueryScanner, field: QueryField, { text, offset }: Scanned): string {
  const { read, expected } = valuesOfField[field];
  if (/\p{Cc}/u.test(text)) scanner.fail('no control characters', offset);
  return read(text) ?? scanner.fail(expected, offset);
}

function timeRange(scanner: QueryScanner, value: Scanned): Pick<CreatedTerm, 'from' | 'to'> {
  const [first, last] = endsOf(scanner, value);
  const read = (end: Scanned | undefined) =>
    end && (readTime(end.text) ?? scanner.fail('a date such as 2026-01-31, or an RFC 3339 time', end.offset));
  const [begin, end] = [read(first), read(last)];
  return ordered(scanner, value, begin?.from, end?.to);
}

function indexRange(scanner: QueryScanner, value: Scanned): Pick<IndexTerm, 'from' | 'to'> {
  const [first, last] = endsOf(scanner, value);
  const read = (end: Scanned | undefined) =>
    end && (readIndex(end.text) ?? scanner.fail('an index: a whole number from 0', end.offset));
  return ordered(scanner, value, read(first), read(last));
}

/** The two ends of `a..b`, undefined where there is a `*`; a single value is both. */
function endsOf(scanner: QueryScanner, { text, offset }: Scanned): [Scanned | undefined, Scanned | undefined] {
  const dots = text.indexOf('..');
  if (dots < 0)
    return [
      { text, offset },
      { text, offset },
    ];
  const [first, last] = [text.slice(0, dots), text.slice(dots + 2)];
  if (first === '*' && last === '*') scanner.fail('a range with one end at least', offset);
  return [
    first === '*' ? undefined : { text: first, offset },
    last === '*' ? undefined : { text: last, offset: offset + dots + 2 },
  ];
}

function ordered<Value extends number>(
  scanner: QueryScanner,
  { offset }: Scanned,
  from: Value | undefined,
  to: Value | undefined,
): { readonly from?: Value; readonly to?: Value } {
  if (from !== undefined && to !== undefined && from > to) scanner.fail('a range that ends after it begins', offset);
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
