import type { EarlierPause, Operation, OperationOutcome, Resource } from '#audit';
import type { GraphResult } from '#graph';
import type { IntentReceipt } from '#kernel';

/** What the outcome of a pause says when the job was paused before. */
export interface AlreadyPaused {
  readonly by: EarlierPause | undefined;
}

/** The event that records how a call to Graph ended. */
export function outcomeOf(
  operation: Operation,
  receipt: IntentReceipt,
  resource: Resource,
  result: GraphResult<unknown>,
  alreadyPaused?: AlreadyPaused,
): OperationOutcome {
  const { evidence: upstream } = result;
  const base = { type: `${operation}.outcome`, parent: receipt.eventId, resource, upstream } as const;
  switch (result.kind) {
    case 'done': {
      if (alreadyPaused === undefined) return { ...base, outcome: 'success' };
      const pausedBy = alreadyPaused.by?.eventId;
      return { ...base, outcome: 'success', reason: 'already_paused', ...(pausedBy !== undefined && { pausedBy }) };
    }
    case 'refused':
      return { ...base, outcome: 'failure', reason: result.refusal };
    case 'not_sent':
      return { ...base, outcome: 'failure', reason: result.reason };
    case 'unknown':
      return { ...base, outcome: 'unknown', reason: result.reason };
  }
}
