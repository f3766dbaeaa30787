import { v7 } from 'uuid';
import type { EpochMillis, EventId } from '#kernel';
import type { RandomBytes } from './random-bytes.ts';

/** A new UUIDv7 (RFC 9562 §5.7) of that time. Its order is a hint only: the log's index is the order of events. */
export function newEventId(at: EpochMillis, random: RandomBytes): EventId {
  return v7({ msecs: at, random: random(16) }) as EventId;
}

/** When the event was handed to the log, as its id says. */
export function timeOfEventId(id: EventId): EpochMillis {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) as EpochMillis;
}
