import { type AuditQuery, columnOfField, type QueryTerm, type StoredEntry } from '#audit';

/** Whether the query is true of the entry, by its definition. */
export function isTrueOf(query: AuditQuery, entry: StoredEntry): boolean {
  return query.every((term) => holds(term, entry) !== term.negated);
}

function holds(term: QueryTerm, { index, columns }: StoredEntry): boolean {
  if (term.kind === 'value') return columns[columnOfField[term.field]] === term.value;
  const value = term.kind === 'index' ? index : Date.parse(columns.time);
  return value >= (term.from ?? -Infinity) && value <= (term.to ?? Infinity);
}

/** Whether a caller's request began with it, unless it only prepared another operation. */
function begins({ columns: { type, action, parent } }: StoredEntry): boolean {
  if (type === 'read.intent') return action === 'read' && parent === undefined;
  return ['request.denied', 'list.intent', 'pause.intent', 'start.intent'].includes(type);
}

/** Indexes of the beginnings of operations of which the query is true. */
export function naiveOperations(query: AuditQuery, log: readonly StoredEntry[]): readonly number[] {
  const isOutcome = (term: QueryTerm) => term.kind === 'value' && term.field === 'outcome';
  return log
    .filter((entry) => {
      const outcomes = log
        .filter(({ columns }) => columns.parent === entry.eventId)
        .map(({ columns }) => columns.outcome);
      return (
        begins(entry) &&
        isTrueOf(
          query.filter((term) => !isOutcome(term)),
          entry,
        ) &&
        query
          .filter(isOutcome)
          .every((term) => outcomes.includes(term.kind === 'value' ? term.value : '') !== term.negated)
      );
    })
    .map(({ index }) => index);
}
