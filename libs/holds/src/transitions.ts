import type { EpochMillis, EventId } from '#kernel';
import type {
  Claim,
  Held,
  NotPaused,
  NotResumed,
  Origin,
  PauseUnknown,
  Pausing,
  Released,
  ReleaseReason,
  Replaced,
  Resumed,
  ResumeUnknown,
  Resuming,
  Superseded,
} from './hold.ts';

/**
 * The transitions of a hold, one function each. A function takes only the states that it leads out of, so that an
 * illegal transition does not compile.
 */

type Beginning = Pausing | PauseUnknown;
type Starting = Resuming | ResumeUnknown;

/** Graph has paused the job. */
export function paused(hold: Beginning, origin: Origin): Held {
  return { ...hold, origin, state: 'held' };
}

export function pauseUnknown(hold: Pausing): PauseUnknown {
  return { ...hold, state: 'pause_unknown' };
}

/** Graph has not paused the job. */
export function notPaused(hold: Beginning, reason: string): NotPaused {
  return { ...hold, state: 'not_paused', reason };
}

export function replaced(hold: Held | PauseUnknown, by: EventId): Replaced {
  return { ...hold, state: 'replaced', by };
}

export function extended(hold: Held, until: EpochMillis): Held {
  return { ...hold, until };
}

export function confirmed(hold: Held): Held {
  return { ...hold, contested: false };
}

export function released(hold: Held, reason: ReleaseReason): Released {
  return { ...hold, state: 'released', reason };
}

export function superseded(hold: Held): Superseded {
  return { ...hold, state: 'superseded' };
}

/** The job stays paused, or nobody can say whether it was started. */
export function notResumed(hold: Held | Starting, reason: string): NotResumed {
  return { ...claimOf(hold), state: 'not_resumed', reason };
}

export function resuming(hold: Held, start: EventId): Resuming {
  return { ...hold, state: 'resuming', start };
}

export function resumeUnknown(hold: Resuming): ResumeUnknown {
  return { ...claimOf(hold), state: 'resume_unknown', start: hold.start };
}

export function resumed(hold: Starting): Resumed {
  return { ...claimOf(hold), state: 'resumed' };
}

/** The start certainly did nothing. */
export function heldStill(hold: Starting): Held {
  return { ...claimOf(hold), state: 'held' };
}

/** What a hold takes along from a state that has more than the claim. */
function claimOf(hold: Claim): Claim {
  const { id, index, job, owner, since, until, ticket, origin, contested, generation } = hold;
  return {
    id,
    index,
    job,
    owner,
    since,
    ...(until !== undefined && { until }),
    ...(ticket !== undefined && { ticket }),
    origin,
    contested,
    generation,
  };
}
