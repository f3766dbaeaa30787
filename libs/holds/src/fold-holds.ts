import type { EventId } from '#kernel';
import type { Claim, Held, Hold, OpenHold, Origin, PauseUnknown, Pausing, Resuming, ResumeUnknown } from './hold.ts';
import type { CallResult, CallVerdict, Ending, HoldChange, HoldEvent } from './hold-event.ts';
import {
  confirmed,
  extended,
  heldStill,
  notPaused,
  notResumed,
  paused,
  pauseUnknown,
  released,
  replaced,
  resumed,
  resumeUnknown,
  resuming,
  superseded,
} from './transitions.ts';

/**
 * What an entry of the log does to the holds of its job: the holds that it makes or changes, in their new states.
 * `open`: the job's open holds before it, in any order. Entries that do not fit the state of a hold change nothing: the
 * log may hold an outcome that came after its reconciliation, or pauses from before there were holds.
 */
export function foldHolds(open: readonly OpenHold[], event: HoldEvent): readonly Hold[] {
  const changed = [...changesOf(open, event)];
  replaceOutlived(open, changed);
  return changed.map((hold) => ({ ...hold, generation: event.index }));
}

function changesOf(open: readonly OpenHold[], { index, job, change }: HoldEvent): readonly Hold[] {
  switch (change.kind) {
    case 'pause_intended':
      return open.some(({ id }) => id === change.hold) ? [] : [begun(index, job, change)];
    case 'pause_ended':
      return ofBeginning(open, change.hold, (hold) => pauseEnded(hold, open, change.result));
    case 'pause_reconciled':
      return ofBeginning(open, change.hold, (hold) => pauseReconciled(hold, open, change.verdict));
    case 'start_intended':
      return open
        .filter(isHeld)
        .flatMap((hold) => (change.holds.includes(hold.id) ? [resuming(hold, change.start)] : []));
    case 'start_ended':
      return startEnded(startedBy(open, change.start), open, change.result);
    case 'start_reconciled':
      return startReconciled(startedBy(open, change.start), open, change.verdict);
    case 'ended':
      return ofHeld(open, change.hold, (hold) => [ended(hold, change.ending), ...inherited([hold], open)]);
    case 'extended':
      return ofHeld(open, change.hold, (hold) => [extended(hold, change.until)]);
    case 'confirmed':
      return ofHeld(open, change.hold, (hold) => [confirmed(hold)]);
  }
}

function begun(index: number, job: Claim['job'], intent: Extract<HoldChange, { kind: 'pause_intended' }>): Pausing {
  const { hold, owner, at, until, ticket, before } = intent;
  return {
    state: 'pausing',
    id: hold,
    index,
    job,
    owner,
    since: at,
    ...(until !== undefined && { until }),
    ...(ticket !== undefined && { ticket }),
    origin: before,
    contested: false,
    generation: index,
  };
}

function pauseEnded(hold: Pausing | PauseUnknown, open: readonly OpenHold[], result: CallResult): readonly Hold[] {
  if (result.kind === 'done') return nowHeld(hold, open);
  if (result.kind === 'failed') return [notPaused(hold, result.reason)];
  return hold.state === 'pausing' ? [pauseUnknown(hold)] : [];
}

/**
 * A pause about which nothing can be said counts if the job is stopped, for that is what its owner asked for. One that was
 * given up because others changed the job through us counts too, but the job has to be looked at.
 */
function pauseReconciled(
  hold: Pausing | PauseUnknown,
  open: readonly OpenHold[],
  verdict: CallVerdict,
): readonly Hold[] {
  if (verdict.kind === 'applied') return nowHeld(hold, open);
  if (verdict.kind === 'not_applied') return [notPaused(hold, 'not_applied')];
  if (verdict.stopped === true) return nowHeld(hold, open);
  const isUnread = verdict.stopped === undefined && verdict.reason === 'changed_since';
  return isUnread ? nowHeld({ ...hold, contested: true }, open) : [notPaused(hold, verdict.reason)];
}

/** A job that others had stopped through us was stopped by us. */
function nowHeld(hold: Pausing | PauseUnknown, open: readonly OpenHold[]): readonly Hold[] {
  const isOurs = open.some(({ state, origin }) => state !== 'pausing' && origin === 'running');
  return [paused(hold, isOurs ? 'running' : hold.origin)];
}

/** One hold per owner: once a newer one is in force, it replaces the earlier ones, and knows what they knew. */
function replaceOutlived(open: readonly OpenHold[], changed: Hold[]): void {
  const after: readonly Hold[] = [...changed, ...open.filter(({ id }) => !changed.some((hold) => hold.id === id))];
  for (const hold of after) {
    if (hold.state !== 'held' && hold.state !== 'pause_unknown') continue;
    const heir = heirOf(hold, after);
    if (heir === undefined) continue;
    put(changed, replaced(hold, heir.id));
    if (hold.origin === 'running') put(changed, { ...heir, origin: hold.origin });
  }
}

/** The newest hold in force of the same owner, when it is newer than this one. */
function heirOf({ owner, index }: Hold, holds: readonly Hold[]): Held | undefined {
  let heir: Held | undefined;
  for (const hold of holds) {
    if (hold.state === 'held' && hold.owner === owner && hold.index > (heir?.index ?? index)) heir = hold;
  }
  return heir;
}

function put(holds: Hold[], hold: Hold): void {
  const at = holds.findIndex(({ id }) => id === hold.id);
  if (at < 0) holds.push(hold);
  else holds[at] = hold;
}

function startEnded(
  starting: readonly (Resuming | ResumeUnknown)[],
  open: readonly OpenHold[],
  result: CallResult,
): readonly Hold[] {
  if (result.kind === 'failed') return starting.map(heldStill);
  const rivals = contested(starting, open, result.kind === 'done');
  if (result.kind === 'done') return [...starting.map(resumed), ...rivals];
  return [...starting.flatMap((hold) => (hold.state === 'resuming' ? [resumeUnknown(hold)] : [])), ...rivals];
}

function startReconciled(
  starting: readonly (Resuming | ResumeUnknown)[],
  open: readonly OpenHold[],
  verdict: CallVerdict,
): readonly Hold[] {
  if (verdict.kind === 'not_applied') return starting.map(heldStill);
  const ends = starting.map((hold) => (verdict.kind === 'applied' ? resumed(hold) : notResumed(hold, verdict.reason)));
  return [...ends, ...contested(starting, open, verdict.kind === 'applied')];
}

/**
 * A start begins only when nobody else holds the job, so whoever holds it at the end of one came in between. Graph may
 * have taken the start after the pause: the job has to be looked at again.
 */
function contested(starting: readonly OpenHold[], open: readonly OpenHold[], didStart: boolean): readonly OpenHold[] {
  const isOurs = didStart || starting.some(({ origin }) => origin === 'running');
  return open
    .filter((hold) => !starting.includes(hold))
    .map((hold) => ({ ...hold, contested: true, ...(isOurs && { origin: 'running' as const }) }));
}

function ended(hold: Held, ending: Ending): Hold {
  if (ending.kind === 'released') return released(hold, ending.reason);
  return ending.kind === 'superseded' ? superseded(hold) : notResumed(hold, ending.reason);
}

/** That we stopped the job is known by the hold that ends; those that remain have to know it from now on. */
function inherited(ending: readonly OpenHold[], open: readonly OpenHold[]): readonly OpenHold[] {
  if (!ending.some(({ origin }) => origin === 'running')) return [];
  return open
    .filter((hold) => !ending.includes(hold) && hold.origin !== 'running')
    .map((hold) => ({ ...hold, origin: 'running' as const satisfies Origin }));
}

function isHeld(hold: OpenHold): hold is Held {
  return hold.state === 'held';
}

function ofHeld(open: readonly OpenHold[], id: EventId, change: (hold: Held) => readonly Hold[]): readonly Hold[] {
  const hold = open.find((one) => one.id === id);
  return hold?.state === 'held' ? change(hold) : [];
}

function ofBeginning(
  open: readonly OpenHold[],
  id: EventId,
  change: (hold: Pausing | PauseUnknown) => readonly Hold[],
): readonly Hold[] {
  const hold = open.find((one) => one.id === id);
  return hold?.state === 'pausing' || hold?.state === 'pause_unknown' ? change(hold) : [];
}

function startedBy(open: readonly OpenHold[], start: EventId): readonly (Resuming | ResumeUnknown)[] {
  return open.filter(
    (hold): hold is Resuming | ResumeUnknown =>
      (hold.state === 'resuming' || hold.state === 'resume_unknown') && hold.start === start,
  );
}
