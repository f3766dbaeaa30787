import type { AuditQuery } from '#audit';
import { isValue, leadOf, type ValueTerm, wantedOf } from './search-lead.ts';

/** Types of entries that begin an operation, the last one only when it is no part of another operation. */
export const beginnings = ['request.denied', 'list.intent', 'pause.intent', 'start.intent', 'read.intent'] as const;

/** A query for operations, its terms by what they are about. */
export interface OperationTerms {
  /** About the entry that began the operation. */
  readonly began: AuditQuery;
  /** The outcome that one of the entries after it must have. */
  readonly outcome: ValueTerm | undefined;
  /** Outcomes that none of them may have. */
  readonly without: readonly ValueTerm[];
  /** The term whose index the operations are read from. */
  readonly lead: ValueTerm | undefined;
}

/** Undefined when no operation can be what the query wants. */
export function operationTerms(query: AuditQuery): OperationTerms | undefined {
  const outcomes = query.filter(isValue).filter(({ field }) => field === 'outcome');
  const outcome = outcomes.find(({ negated }) => !negated);
  const own = query.filter((term) => !(isValue(term) && term.field === 'outcome'));
  const began = withAction(own);
  if (began === undefined) return undefined;
  // From the outcomes and not from the intents: an outcome such as unknown is rare, and no index of an intent knows it.
  return { began, outcome, without: outcomes.filter(({ negated }) => negated), lead: outcome ?? leadOfBegun(began) };
}

/** Adds the action that follows from the type: most reads are part of a pause and have its action. */
function withAction(query: AuditQuery): AuditQuery | undefined {
  const [type, action] = [wantedOf(query, 'type')?.value, wantedOf(query, 'action')?.value];
  if (type !== undefined && !beginnings.some((one) => one === type)) return undefined;
  if (type !== 'read.intent' || action === 'read') return query;
  return action === undefined
    ? [...query, { kind: 'value', field: 'action', value: 'read', negated: false }]
    : undefined;
}

/** Never the type of a read, for the same reason. */
function leadOfBegun(query: AuditQuery): ValueTerm | undefined {
  return leadOf(query.filter((term) => !(isValue(term) && term.field === 'type' && term.value === 'read.intent')));
}
