import type { EpochMillis } from '#kernel';

/** How far a destination has got. */
export interface DeliveryState {
  /** Index of the first entry that is not dealt with. */
  readonly position: number;
  /** Attempts in vain at the alarm that stands there, or after it. */
  readonly attempts: number;
  /** No attempt before that. */
  readonly retryAt: EpochMillis;
  /** Stable code of why the destination takes nothing; absent while it does. */
  readonly failure?: string;
}

/** What is kept of a destination. */
export interface KeptDelivery extends DeliveryState {
  /** How many alarms are parked, those included that are to be tried again. */
  readonly parked: number;
  /** Index of the first parked alarm that is to be tried again. */
  readonly again?: number;
}

/** An alarm that was not delivered and is not tried any more, until an operator says so. */
export interface ParkedAlarm {
  readonly destination: string;
  /** Of its entry. */
  readonly index: number;
  readonly name: string;
  /** Stable code of why. */
  readonly reason: string;
  readonly parkedAt: EpochMillis;
}

/** Which holder of a destination's lease writes. */
export interface Writer {
  readonly destination: string;
  /** Of the lease. */
  readonly fence: number;
}

/**
 * Keeps how far the alarms of one log have been delivered. None of it is evidence.
 *
 * Duties of an adapter: each method is one transaction; a writer whose fence is smaller than that of the last writer
 * changes nothing and is told so with false.
 */
export abstract class AlarmBook {
  /** Lets a destination that is not known yet begin at that index. */
  abstract begin(destination: string, position: number): Promise<void>;

  abstract find(destination: string): Promise<KeptDelivery | undefined>;

  abstract save(writer: Writer, state: DeliveryState): Promise<boolean>;

  /** Parks an alarm and saves the state that goes on after it. Parked anew, it is no longer to be tried again. */
  abstract park(writer: Writer, parked: Omit<ParkedAlarm, 'destination'>, state: DeliveryState): Promise<boolean>;

  /** Forgets a parked alarm that was delivered after all. */
  abstract unpark(writer: Writer, index: number): Promise<boolean>;

  /** All that is parked, by destination and index. */
  abstract parked(): Promise<readonly ParkedAlarm[]>;

  /** Has what is parked, and what waits, tried again now, of one destination or of all; gives how many were parked. */
  abstract tryAgain(destination?: string): Promise<number>;
}
