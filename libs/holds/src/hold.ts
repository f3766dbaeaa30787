import type { EpochMillis, EventId, JobRef } from '#kernel';

/**
 * What a job was like before the pauses that a hold rests on. Only a job that was `running` is started when its last
 * hold ends: one that was `stopped` was somebody else's to pause, and of an `unknown` one nobody can say.
 */
export type Origin = 'running' | 'stopped' | 'unknown';

/** What every hold has, whatever its state. */
export interface Claim {
  /** Event id of the intent of the pause that made it. */
  readonly id: EventId;
  /** Index of that intent in the log: the order of holds, and where its reason and its owner's name are kept. */
  readonly index: number;
  readonly job: JobRef;
  /** Pseudonym of the principal that paused, as in the log. */
  readonly owner: string;
  /** When the pause was asked for. */
  readonly since: EpochMillis;
  /** When the hold is to end by itself. */
  readonly until?: EpochMillis;
  readonly ticket?: string;
  readonly origin: Origin;
  /** Another change of ours crossed the pause: whether the job is stopped has to be looked at once more. */
  readonly contested: boolean;
  /** Index of the entry that last changed the hold. */
  readonly generation: number;
}

/** The pause is on its way to Graph. */
export interface Pausing extends Claim {
  readonly state: 'pausing';
}

/** Nobody saw whether Graph paused the job. Only the reconciler leads out of here. */
export interface PauseUnknown extends Claim {
  readonly state: 'pause_unknown';
}

/** The job is to stay paused. */
export interface Held extends Claim {
  readonly state: 'held';
}

/** A start that ends the hold is on its way to Graph. */
export interface Resuming extends Claim {
  readonly state: 'resuming';
  /** The intent of that start. */
  readonly start: EventId;
}

/** Nobody saw whether Graph started the job. Only the reconciler leads out of here. */
export interface ResumeUnknown extends Claim {
  readonly state: 'resume_unknown';
  readonly start: EventId;
}

/** The job was not paused, so there is nothing to hold. `reason`: a stable code. */
export interface NotPaused extends Claim {
  readonly state: 'not_paused';
  readonly reason: string;
}

/** Its owner paused the job again, which made another hold. */
export interface Replaced extends Claim {
  readonly state: 'replaced';
  readonly by: EventId;
}

/** How a hold was given up: by its owner, by somebody with the right to, or because its time was over. */
export type ReleaseReason = 'released' | 'overridden' | 'expired';

/** It ended while others hold the job, which therefore stays paused. */
export interface Released extends Claim {
  readonly state: 'released';
  readonly reason: ReleaseReason;
}

/** It was the last one, and the job was started. */
export interface Resumed extends Claim {
  readonly state: 'resumed';
}

/** It was the last one, and the job was left paused. `reason`: a stable code. */
export interface NotResumed extends Claim {
  readonly state: 'not_resumed';
  readonly reason: string;
}

/** It was the last one, and somebody else had started the job before. */
export interface Superseded extends Claim {
  readonly state: 'superseded';
}

/** A hold that counts: the job is not started while there is another one. */
export type OpenHold = Pausing | PauseUnknown | Held | Resuming | ResumeUnknown;
export type EndedHold = NotPaused | Replaced | Released | Resumed | NotResumed | Superseded;

/** A caller's claim that a job stays paused. */
export type Hold = OpenHold | EndedHold;

const openStates = [
  'pausing',
  'pause_unknown',
  'held',
  'resuming',
  'resume_unknown',
] as const satisfies readonly OpenHold['state'][];

/** Whether the hold still counts. */
export function isOpen(hold: Hold): hold is OpenHold {
  return (openStates as readonly string[]).includes(hold.state);
}
