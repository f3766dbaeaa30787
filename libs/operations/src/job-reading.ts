import type { AuditRecorder, RecordedJobState } from '#audit';
import { type GraphGateway, type GraphResult, quarantineOf, stateOf, type SynchronizationJob } from '#graph';
import type { Clock, EpochMillis, EventId, JobRef } from '#kernel';
import { outcomeOf } from './operation-outcome.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';
import type { Running, Unreadable } from './reconciliation-verdict.ts';

export interface JobReadingPorts {
  readonly audit: AuditRecorder;
  readonly outcomes: OutcomeRecorder;
  readonly graph: GraphGateway;
  readonly clock: Clock;
}

/** What a read told. `troubled`: Graph did not serve it now; `odd`: it was served, but not with a job. */
export type Reading =
  | {
      readonly kind: 'state';
      readonly running: Running;
      readonly quarantined: boolean;
      readonly state: RecordedJobState;
    }
  | { readonly kind: 'unreadable'; readonly reason: Unreadable }
  | { readonly kind: 'troubled'; readonly retryAfterMillis: number }
  | { readonly kind: 'odd' };

/** Reads a job to find out about an intent: with an intent and an outcome of its own, like every call to Graph. */
export async function readJobFor(
  parent: EventId,
  job: JobRef,
  { audit, outcomes, graph, clock }: JobReadingPorts,
  millis: number,
): Promise<Reading> {
  const receipt = await audit.recordIntent({ type: 'read.intent', action: 'read', resource: job, parent });
  const result = await graph.get(job, { receipt, deadline: (clock.now() + millis) as EpochMillis });
  await outcomes.record(outcomeOf('read', receipt, job, result));
  return readingOf(result, clock.now());
}

function readingOf(result: GraphResult<SynchronizationJob>, readAt: EpochMillis): Reading {
  const { graphRequestId, retryAfterMs } = result.evidence;
  if (result.kind === 'done') {
    const { scheduleState, statusCode, stopped } = stateOf(result.value);
    const state = { scheduleState, statusCode, readAt, ...(graphRequestId !== undefined && { graphRequestId }) };
    const quarantined = quarantineOf(result.value) !== undefined;
    return { kind: 'state', running: stopped ? 'stopped' : 'running', quarantined, state };
  }
  if (result.kind !== 'refused') return { kind: 'troubled', retryAfterMillis: 0 };
  switch (result.refusal) {
    case 'not_found':
    case 'not_owned':
    case 'forbidden':
      return { kind: 'unreadable', reason: result.refusal };
    case 'throttled':
    case 'unavailable':
      return { kind: 'troubled', retryAfterMillis: retryAfterMs ?? 0 };
    case 'conflict':
    case 'rejected':
    case 'malformed_reply':
      return { kind: 'odd' };
  }
}
