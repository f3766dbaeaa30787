import type { EarlierPause, Operation, OperationOutcome, Resource } from '#audit';
import type { GraphResult } from '#graph';
import type { IntentReceipt } from '#kernel';

/** Written out: a text put together for each request would be compared letter by letter wherever it is asked for. */
const types = {
  list: { intent: 'list.intent', outcome: 'list.outcome' },
  read: { intent: 'read.intent', outcome: 'read.outcome' },
  pause: { intent: 'pause.intent', outcome: 'pause.outcome' },
  start: { intent: 'start.intent', outcome: 'start.outcome' },
} as const satisfies { [Name in Operation]: { intent: `${Name}.intent`; outcome: `${Name}.outcome` } };

/** The type of the event that records what is going to be asked of Graph. */
export function intentTypeOf(operation: Operation): `${Operation}.intent` {
  return types[operation].intent;
}

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
  const base = { type: types[operation].outcome, parent: receipt.eventId, resource, upstream } as const;
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
