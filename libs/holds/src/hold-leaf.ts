import { type EpochMillis, type EventId, isStopped, type JobId, type ServicePrincipalId } from '#kernel';
import type { Origin } from './hold.ts';
import type { CallResult, CallVerdict, Ending, HoldChange, HoldEvent } from './hold-event.ts';

interface LeafState {
  readonly status: string;
  readonly schedule_state: string;
}

/** The members of a leaf of the audit log that say something about holds. */
export interface HoldLeaf {
  readonly id: EventId;
  readonly type: string;
  readonly time: string;
  readonly actor?: { readonly ref?: string };
  readonly resource?: { readonly sp_id: ServicePrincipalId; readonly job_id?: JobId };
  readonly until?: string;
  readonly ticket?: { readonly id: string };
  readonly before?: LeafState | 'unknown';
  readonly parent?: EventId;
  readonly outcome?: string;
  readonly outcome_reason?: string;
  readonly reads?: readonly LeafState[];
  readonly holds?: readonly EventId[];
  readonly ending?: { readonly kind: string; readonly reason?: string };
}

/** What the entry of that index says about the holds of a job; undefined when it says nothing about any. */
export function holdEventOf(leaf: HoldLeaf, index: number): HoldEvent | undefined {
  if (leaf.resource?.job_id === undefined) return undefined;
  const change = changeOf(leaf);
  if (change === undefined) return undefined;
  return { index, job: { servicePrincipalId: leaf.resource.sp_id, jobId: leaf.resource.job_id }, change };
}

function changeOf(leaf: HoldLeaf): HoldChange | undefined {
  switch (leaf.type) {
    case 'pause.intent':
      return pauseIntended(leaf);
    case 'start.intent':
      return { kind: 'start_intended', start: leaf.id, holds: leaf.holds ?? [] };
    default:
      return leaf.parent === undefined ? undefined : changeOfParent(leaf, leaf.parent);
  }
}

function changeOfParent(leaf: HoldLeaf, parent: EventId): HoldChange | undefined {
  switch (leaf.type) {
    case 'pause.outcome':
    case 'start.outcome': {
      const result = resultOf(leaf);
      if (result === undefined) return undefined;
      if (leaf.type === 'pause.outcome') return { kind: 'pause_ended', hold: parent, result };
      return { kind: 'start_ended', start: parent, result };
    }
    case 'pause.reconciled':
    case 'start.reconciled': {
      const verdict = verdictOf(leaf);
      if (verdict === undefined) return undefined;
      if (leaf.type === 'pause.reconciled') return { kind: 'pause_reconciled', hold: parent, verdict };
      return { kind: 'start_reconciled', start: parent, verdict };
    }
    case 'hold.ended': {
      const ending = endingOf(leaf);
      return ending && { kind: 'ended', hold: parent, ending };
    }
    case 'hold.extended':
      return leaf.until === undefined ? undefined : { kind: 'extended', hold: parent, until: timeOf(leaf.until) };
    case 'hold.confirmed':
      return { kind: 'confirmed', hold: parent };
    default:
      return undefined;
  }
}

/** A pause of our own has no `ref` and makes no hold. */
function pauseIntended({ id, time, actor, until, ticket, before }: HoldLeaf): HoldChange | undefined {
  if (actor?.ref === undefined) return undefined;
  return {
    kind: 'pause_intended',
    hold: id,
    owner: actor.ref,
    at: timeOf(time),
    ...(until !== undefined && { until: timeOf(until) }),
    ...(ticket !== undefined && { ticket: ticket.id }),
    before: originOf(before),
  };
}

/** Leaves have their times from `toTimestamp`, so that nothing is left to be checked. */
function timeOf(timestamp: string): EpochMillis {
  return Date.parse(timestamp) as EpochMillis;
}

function originOf(before: LeafState | 'unknown' = 'unknown'): Origin {
  if (before === 'unknown') return before;
  return isStopped(before.schedule_state, before.status) ? 'stopped' : 'running';
}

function resultOf({ outcome, outcome_reason: reason = 'unknown' }: HoldLeaf): CallResult | undefined {
  if (outcome === 'success') return { kind: 'done' };
  if (outcome === 'failure') return { kind: 'failed', reason };
  return outcome === 'unknown' ? { kind: 'unknown', reason } : undefined;
}

function verdictOf({ outcome, outcome_reason: reason = 'unknown', reads = [] }: HoldLeaf): CallVerdict | undefined {
  if (outcome === 'applied' || outcome === 'not_applied') return { kind: outcome };
  if (outcome !== 'inconclusive') return undefined;
  const last = reads.at(-1);
  return { kind: outcome, reason, ...(last && { stopped: isStopped(last.schedule_state, last.status) }) };
}

function endingOf({ ending }: HoldLeaf): Ending | undefined {
  const { kind, reason } = ending ?? {};
  if (kind === 'superseded') return { kind };
  if (kind === 'not_resumed' && reason !== undefined) return { kind, reason };
  if (kind !== 'released') return undefined;
  return reason === 'released' || reason === 'overridden' || reason === 'expired' ? { kind, reason } : undefined;
}
