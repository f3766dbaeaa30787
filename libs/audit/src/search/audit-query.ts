import type { EpochMillis } from '#kernel';
import type { LeafColumns } from '../log-store.ts';

/** The fields that a query compares with one value, and the copied column of each. */
export const columnOfField = {
  actor: 'actor',
  application: 'application',
  action: 'action',
  type: 'type',
  principal: 'servicePrincipalId',
  job: 'jobId',
  decision: 'decision',
  outcome: 'outcome',
  rule: 'rule',
  ticket: 'ticket',
  request: 'requestId',
  'client-request': 'clientRequestId',
} as const satisfies Record<string, keyof LeafColumns>;

export type QueryField = keyof typeof columnOfField;

/** The fields in the order in which they are explained to people. */
export const queryFields = Object.keys(columnOfField) as readonly QueryField[];

/** The event's field has that value. */
export interface ValueTerm {
  readonly kind: 'value';
  readonly field: QueryField;
  readonly value: string;
  readonly negated: boolean;
}

/** The event happened in that time; both ends belong to it, one may be open. */
export interface CreatedTerm {
  readonly kind: 'created';
  readonly from?: EpochMillis;
  readonly to?: EpochMillis;
  readonly negated: boolean;
}

/** The entry stands in that part of the log; both ends belong to it, one may be open. */
export interface IndexTerm {
  readonly kind: 'index';
  readonly from?: number;
  readonly to?: number;
  readonly negated: boolean;
}

export type QueryTerm = ValueTerm | CreatedTerm | IndexTerm;

/**
 * What a reviewer asks for: the events of which every term is true, which for a negated term means that it does not
 * hold, as with an event that lacks the field. Each field stands at most once without negation. No terms: everything.
 */
export type AuditQuery = readonly QueryTerm[];
