import type { EventId } from '#kernel';
import type { PersonalFieldName } from './personal-field-names.ts';

interface AboutDestination {
  /** Its name in the alarms file. */
  readonly destination: string;
}

/** An alarm was not delivered and is not tried any more until an operator says so. */
export interface AlarmParked extends AboutDestination {
  readonly type: 'alarm.parked';
  /** The event that the alarm is about. */
  readonly parent: EventId;
  /** Short name of the alarm. */
  readonly name: string;
  /** Stable code. */
  readonly reason: string;
  /** How often it was tried. */
  readonly attempts: number;
}

/** A destination began to take no alarms. Told once, until it takes one again. */
export interface AlarmDestinationFailed extends AboutDestination {
  readonly type: 'alarm.destination_failed';
  /** Stable code. */
  readonly reason: string;
}

/** It takes alarms again. */
export interface AlarmDestinationRecovered extends AboutDestination {
  readonly type: 'alarm.destination_recovered';
}

/** Personal fields of an event are about to be sent to a destination that is configured to get them in plain. */
export interface AlarmDisclosed extends AboutDestination {
  readonly type: 'alarm.disclosed';
  readonly parent: EventId;
  readonly name: string;
  readonly disclosed: readonly PersonalFieldName[];
}

/** An operator has parked alarms tried again, of one destination or of all. */
export interface AlarmsRetried {
  readonly type: 'alarm.retried';
  /** `*` for all of them. */
  readonly destination: string;
  /** How many were parked. */
  readonly count: number;
}

/** What happens on the way of alarms to their destinations. */
export type AlarmEvent =
  AlarmParked | AlarmDestinationFailed | AlarmDestinationRecovered | AlarmDisclosed | AlarmsRetried;
