import type { Held, OpenHold } from './hold.ts';

/** What the end of a hold does to its job. */
export type EndVerdict =
  /** Others hold the job: it stays paused. */
  | { readonly kind: 'release'; readonly hold: Held }
  /** It is the last one: start the job, if it is still stopped and nothing else forbids it. */
  | { readonly kind: 'resume'; readonly hold: Held }
  /** It is the last one, but the job is not ours to start. */
  | { readonly kind: 'leave'; readonly hold: Held; readonly reason: 'paused_before' | 'before_unknown' }
  /** A pause or start of the job is under way, so nobody can say now. */
  | { readonly kind: 'changing' };

/**
 * Judges the end of a hold. `open`: the open holds of its job. Only a hold that is in force can take over the care for the
 * job: of a pause that is under way nobody knows yet whether it will be one.
 */
export function judgeEnd(hold: OpenHold, open: readonly OpenHold[]): EndVerdict {
  if (hold.state !== 'held' || open.some(isStarting)) return { kind: 'changing' };
  const others = open.filter(({ id }) => id !== hold.id);
  if (others.some(({ state }) => state === 'held')) return { kind: 'release', hold };
  if (others.length > 0) return { kind: 'changing' };
  if (hold.origin === 'running') return { kind: 'resume', hold };
  return { kind: 'leave', hold, reason: hold.origin === 'stopped' ? 'paused_before' : 'before_unknown' };
}

/** What the holds of a job say to a caller who wants to start it. */
export type StartPermit =
  /** `own`: the caller's hold, which the start ends. */
  | { readonly kind: 'start'; readonly own?: Held }
  | { readonly kind: 'held_by_others'; readonly others: readonly OpenHold[] }
  | { readonly kind: 'changing' };

/** Judges a start by `owner`: it ends the owner's own holds, and does nothing while others hold the job. */
export function judgeStartByOwner(owner: string, open: readonly OpenHold[]): StartPermit {
  const others = open.filter((hold) => hold.owner !== owner);
  if (others.length > 0) return { kind: 'held_by_others', others };
  const [own, ...more] = open;
  if (own === undefined) return { kind: 'start' };
  return own.state === 'held' && more.length === 0 ? { kind: 'start', own } : { kind: 'changing' };
}

function isStarting({ state }: OpenHold): boolean {
  return state === 'resuming' || state === 'resume_unknown';
}
