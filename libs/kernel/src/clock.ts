import { setTimeout } from 'node:timers/promises';
import type { Branded } from './branded.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMillis = Branded<number, 'EpochMillis'>;

/** The only source of time. Everything else takes a Clock, so that tests own time. */
export abstract class Clock {
  abstract now(): EpochMillis;

  /** Milliseconds, with fractions, since some moment that stays the same: for durations, whatever becomes of the date. */
  ticks(): number {
    return this.now();
  }

  /** Resolves after `millis`; rejects with the signal's reason when it is aborted first. */
  abstract wait(millis: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  override now(): EpochMillis {
    return Date.now() as EpochMillis;
  }

  override ticks(): number {
    return performance.now();
  }

  override async wait(millis: number, signal?: AbortSignal): Promise<void> {
    if (signal === undefined) return setTimeout(millis);
    // Node rejects with an AbortError of its own; the duty of wait is the signal's reason.
    await setTimeout(millis, undefined, { signal }).catch(() => {
      signal.throwIfAborted();
    });
  }
}

const dayMillis = 86_400_000;
const digits = (count: number) => Array.from({ length: 10 ** count }, (_, n) => String(n).padStart(count, '0'));
const [two, three] = [digits(2), digits(3)];
/** The day of the last timestamp, because nearly all are of one day and a date costs more than all else. */
let lastDay = { start: Number.NaN, date: '' };

/** RFC 3339 in UTC with exactly three fractional digits: the one time format of events and replies. */
export function toTimestamp(at: EpochMillis): string {
  let millis = at - lastDay.start;
  if (!(millis >= 0 && millis < dayMillis)) {
    const start = Math.floor(at / dayMillis) * dayMillis;
    lastDay = { start, date: new Date(start).toISOString().slice(0, -'00:00:00.000Z'.length) };
    millis = at - start;
  }
  const second = Math.floor(millis / 1_000);
  const minute = Math.floor(second / 60);
  const [hh, mm, ss] = [two[Math.floor(minute / 60)], two[minute % 60], two[second % 60]];
  return `${lastDay.date}${hh}:${mm}:${ss}.${three[Math.floor(millis % 1_000)]}Z`;
}

/** Milliseconds of an RFC 3339 date-time with zone, or undefined when the text is not one. */
export function parseTimestamp(text: string): EpochMillis | undefined {
  const [, day] =
    /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i.exec(text) ?? [];
  // Date.parse turns 30 February into 2 March.
  if (day === undefined || Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day)
    return undefined;
  const millis = Date.parse(text);
  return Number.isNaN(millis) ? undefined : (millis as EpochMillis);
}
