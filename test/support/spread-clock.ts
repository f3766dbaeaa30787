import { Clock, type EpochMillis, SystemClock } from '#kernel';

/** Makes a log of minutes look like one of months. Waits are real. */
export class SpreadClock extends Clock {
  readonly #system = new SystemClock();
  #now = Date.parse('2026-01-01T00:00:00Z');

  override now(): EpochMillis {
    this.#now += 7_000;
    return this.#now as EpochMillis;
  }

  override wait(millis: number, signal?: AbortSignal): Promise<void> {
    return this.#system.wait(millis, signal);
  }
}
