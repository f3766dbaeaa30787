import type { JobState } from '#graph';
import type { EventId } from '#kernel';

/** A pause or start that Graph accepted and that is on record. */
export interface JobChange {
  /** Its intent. */
  readonly intent: EventId;
  /** What the job was like before; absent when it was not read or could not be. */
  readonly before?: JobState;
}
