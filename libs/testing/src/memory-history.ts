import { type EarlierPause, JobHistory } from '#audit';

/** A history that knows what the test says. */
export class MemoryHistory extends JobHistory {
  /** The standing pause of every job, or why it cannot be told. */
  pause: EarlierPause | Error | undefined;
  /** How often it was asked. */
  asked = 0;

  override standingPause(): Promise<EarlierPause | undefined> {
    this.asked += 1;
    return this.pause instanceof Error ? Promise.reject(this.pause) : Promise.resolve(this.pause);
  }
}
