/** The names that stand before a colon, in the order in which they are offered. */
export const termNames = [
  'actor',
  'application',
  'action',
  'type',
  'principal',
  'job',
  'decision',
  'outcome',
  'rule',
  'ticket',
  'request',
  'client-request',
  'created',
  'index',
] as const;
export type TermName = (typeof termNames)[number];

/** One condition of a query. */
export interface Term {
  readonly name: TermName;
  readonly value: string;
  readonly negated: boolean;
}

/** The terms of a query text; undefined where it is not written right, which the broker explains. */
export function readQuery(text: string): readonly Term[] | undefined {
  const terms: Term[] = [];
  const pattern = /\s*(-?)([a-z-]*?):(?:"((?:[^"\\]|\\["\\])+)"|([^\s"]+))(?=\s|$)/y;
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const [, minus, written, quoted, plain] = pattern.exec(text) ?? [];
    const name = termNames.find((known) => known === written);
    const value = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain;
    if (name === undefined || value === undefined) return undefined;
    terms.push({ name, value, negated: minus === '-' });
  }
  return terms;
}

/** The text of these terms: what {@link readQuery} reads as the same. */
export function writeQuery(terms: readonly Term[]): string {
  return terms.map(({ name, value, negated }) => `${negated ? '-' : ''}${name}:${quotedIfNeeded(value)}`).join(' ');
}

function quotedIfNeeded(value: string): string {
  return /^[!#-[\]-~]+$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** The value that a query asks of a term, if it asks for one. */
export function valueOf(terms: readonly Term[], name: TermName): string {
  return terms.find((term) => term.name === name && !term.negated)?.value ?? '';
}

/** The query with that value for the term; an empty one takes the term away. Its other terms stay where they are. */
export function withValue(terms: readonly Term[], name: TermName, value: string): readonly Term[] {
  const isIt = (term: Term) => term.name === name && !term.negated;
  if (value === '') return terms.filter((term) => !isIt(term));
  const term = { name, value, negated: false };
  return terms.some(isIt) ? terms.map((one) => (isIt(one) ? term : one)) : [...terms, term];
}

/** The two ends of `created:a..b` as days; empty where an end is open. */
export function daysOf(terms: readonly Term[]): { readonly from: string; readonly to: string } {
  const value = valueOf(terms, 'created');
  const [from = '', to = from] = value.split('..').map((end) => (end === '*' ? '' : end.slice(0, 10)));
  return { from, to };
}

/** The value of `created` for these days; empty when both ends are open. */
export function createdValue({ from, to }: { readonly from: string; readonly to: string }): string {
  return from === '' && to === '' ? '' : `${from === '' ? '*' : from}..${to === '' ? '*' : to}`;
}
