import { type RawBuilder, sql } from 'kysely';
import type { AuditQuery, QueryField, QueryTerm } from '#audit';
import type { Dialect } from '../migrations/dialect.ts';

/** A term that compares a field with a value. */
export type ValueTerm = Extract<QueryTerm, { readonly kind: 'value' }>;

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

/** The term whose index a query is read from; undefined when the query names no value that must be there. */
export function leadOf(query: AuditQuery): ValueTerm | undefined {
  const first = mostSelectiveFirst.map((field) => wantedOf(query, field)).find((term) => term !== undefined);
  const outcome = wantedOf(query, 'outcome');
  // Of a job that is asked for often there are many entries, of calls that went wrong never.
  const rare = outcome !== undefined && !usualOutcomes.has(outcome.value);
  return rare && (first === undefined || !ofOneRequest.has(first.field)) ? outcome : first;
}

/** The term that wants a value of the field. */
export function wantedOf(query: AuditQuery, field: QueryField): ValueTerm | undefined {
  return query.find((term) => isValue(term) && term.field === field && !term.negated) as ValueTerm | undefined;
}

export function isValue(term: QueryTerm): term is ValueTerm {
  return term.kind === 'value';
}

/**
 * Names the index to read from where the database would guess: SQLite has no statistics of the log, and takes the
 * unique index of the primary key for better than any other. PostgreSQL knows its data.
 */
export function indexHint(lead: ValueTerm | undefined, dialect: Dialect): RawBuilder<unknown> {
  return lead === undefined || dialect === 'postgres' ? sql`` : sql`indexed by ${sql.ref(indexOfField[lead.field])}`;
}
