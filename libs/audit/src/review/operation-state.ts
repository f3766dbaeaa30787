import type { StoredEntry } from '../log-store.ts';

/**
 * What became of a request: `denied`; `open` while nothing is known; what was observed; or, where that was not enough,
 * what was found out later.
 */
export type OperationState =
  | 'denied'
  | 'open'
  | 'succeeded'
  | 'failed'
  | 'unknown'
  | 'reconciled:applied'
  | 'reconciled:not_applied'
  | 'reconciled:inconclusive';

/** A request as one thing: the denial or intent that began it, and every event that names it as its parent. */
export interface AuditOperation {
  readonly state: OperationState;
  readonly began: StoredEntry;
  readonly following: readonly StoredEntry[];
}

/** Folds what began with what followed into one state. A reconciliation says more than the outcome that it is about. */
export function foldOperation(began: StoredEntry, following: readonly StoredEntry[]): AuditOperation {
  return { state: stateOf(began, following), began, following };
}

function stateOf(began: StoredEntry, following: readonly StoredEntry[]): OperationState {
  if (began.columns.type === 'request.denied') return 'denied';
  const last = (ending: string) => following.findLast(({ columns }) => columns.type.endsWith(ending))?.columns.outcome;
  const verdict = last('.reconciled');
  if (verdict !== undefined) return verdicts[verdict] ?? 'reconciled:inconclusive';
  const outcome = last('.outcome');
  return outcome === undefined ? 'open' : (outcomes[outcome] ?? 'unknown');
}

const verdicts: Readonly<Record<string, OperationState>> = {
  applied: 'reconciled:applied',
  not_applied: 'reconciled:not_applied',
};
const outcomes: Readonly<Record<string, OperationState>> = { success: 'succeeded', failure: 'failed' };
