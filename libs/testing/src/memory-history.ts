import { type EarlierPause, JobHistory, type RecordedChange } from '#audit';
import type { EventId } from '#kernel';

/** A history that knows what the test says. */
export class MemoryHistory extends JobHistory {
  /** The standing pause of every job, or why it cannot be told. */
  pause: EarlierPause | Error | undefined;
  readonly changes = new Map<EventId, RecordedChange>();
  /** How often it was asked. */
  asked = 0;

  override standingPause(): Promise<EarlierPause | undefined> {
    this.asked += 1;
    return this.pause instanceof Error ? Promise.reject(this.pause) : Promise.resolve(this.pause);
  }

  override change(event: EventId): Promise<RecordedChange | undefined> {
    return Promise.resolve(this.changes.get(event));
  }
}
