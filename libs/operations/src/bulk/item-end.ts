import type { BulkProgress } from '#audit';
import { HeldByOthers, HoldChanging } from '../holds/hold-error.ts';
import {
  DeniedByPolicy,
  JobNotStartable,
  NotSentToGraph,
  OperationError,
  OutcomeUnknown,
  OutcomeUnrecorded,
  RefusedByGraph,
  StateUnread,
} from '../operation-error.ts';
import { RateLimited } from '../rate-limits.ts';

type Failure = Extract<BulkProgress, { readonly code: string }>;

/** How an item ended that failed with this error; undefined when that says nothing about the item. */
export function endOfFailure(error: unknown): Failure | undefined {
  const state = stateOf(error);
  if (state === undefined || !(error instanceof OperationError)) return undefined;
  const { code, message, eventId } = error;
  // Who holds a job may be told to this caller now; a copy of the name would outlive its erasure.
  const detail = error instanceof HeldByOthers ? undefined : message;
  return { state, code, ...(eventId !== undefined && { event: eventId }), ...(detail !== undefined && { detail }) };
}

function stateOf(error: unknown): Failure['state'] | undefined {
  if (error instanceof DeniedByPolicy || error instanceof JobNotStartable) return 'denied';
  if (error instanceof RateLimited || error instanceof HeldByOthers || error instanceof HoldChanging) return 'denied';
  if (error instanceof RefusedByGraph || error instanceof NotSentToGraph || error instanceof StateUnread)
    return 'failed';
  if (error instanceof OutcomeUnknown || error instanceof OutcomeUnrecorded) return 'unknown';
  return undefined;
}
