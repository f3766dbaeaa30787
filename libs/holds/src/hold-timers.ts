import type { EpochMillis, EventId } from '#kernel';

/** What is to be done about a hold: end it because its time is over, or see that its job is stopped. */
export type TimerKind = 'end' | 'confirm';

/** A timer that fell due and that this replica may work on until its lease ends. */
export interface ClaimedTimer {
  readonly hold: EventId;
  readonly kind: TimerKind;
  /** When it was to fall due; the hold's `until` for a timer of its end. */
  readonly due: EpochMillis;
  /** Grows with each claim, so that a worker that was away too long is told from its successor. */
  readonly fence: number;
  /** How often it was put off. */
  readonly attempts: number;
  /** How long ago it fell due, by the clock of the store. */
  readonly lateMillis: number;
}

/**
 * The timers of holds. They are set and removed by the append that changes the hold, in the same transaction: a timer
 * is there exactly as long as there is something to wait for.
 *
 * Duties of an adapter: each method is one transaction; times are taken from one clock for all replicas.
 */
export abstract class HoldTimers {
  /** Takes due timers of holds that are in force, oldest first, for so many milliseconds. */
  abstract claim(owner: string, leaseMillis: number, limit: number): Promise<readonly ClaimedTimer[]>;

  /** Gives a timer back, to fall due again after so many milliseconds. Does nothing when another replica has it. */
  abstract putOff(timer: ClaimedTimer, millis: number, reason: string): Promise<void>;
}
