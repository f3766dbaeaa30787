import type { EpochMillis } from '#kernel';
import { formatWallTime, type WallTime } from './wall-time.ts';

/** Days of the week as the policy file writes them, Sunday first. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** What a clock and a calendar on the wall of a zone show. */
export interface LocalTime {
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minutes since midnight, as the clock shows them: not the time passed since then. */
  readonly minute: WallTime;
}

const quarterHour = 900_000;
const day = 86_400_000;

/** A time zone of the IANA database, by the data that Node carries. */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  #quarter = Number.NaN;
  #offset = 0;

  private constructor(name: string, format: Intl.DateTimeFormat) {
    this.name = name;
    this.#format = format;
  }

  /** The zone, or undefined when there is none of that name. Offsets such as `+02:00` are not names. */
  static read(name: string): Zone | undefined {
    if (!/^[A-Za-z]/.test(name)) return undefined;
    try {
      return new Zone(name, new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' }));
    } catch {
      return undefined;
    }
  }

  localTime(at: EpochMillis): LocalTime {
    const local = at + this.#offsetAt(at);
    const days = Math.floor(local / day);
    // 1970-01-01 was a Thursday.
    return { weekday: (((days + 4) % 7) + 7) % 7, minute: Math.floor((local - days * day) / 60_000) as WallTime };
  }

  /** The wall clock for people, such as `sat 10:15 in Europe/Berlin`. */
  describe(at: EpochMillis): string {
    const { weekday, minute } = this.localTime(at);
    return `${weekdays[weekday] ?? ''} ${formatWallTime(minute)} in ${this.name}`;
  }

  /** Offsets change only at quarter hours of UTC (in every zone since 1972), so one lookup serves a quarter. */
  #offsetAt(at: EpochMillis): number {
    const quarter = Math.floor(at / quarterHour);
    if (quarter !== this.#quarter) {
      this.#offset = this.#lookUp(quarter * quarterHour);
      this.#quarter = quarter;
    }
    return this.#offset;
  }

  #lookUp(at: number): number {
    const text = this.#format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
    if (match === null) throw new RangeError(`no offset known for ${this.name}`);
    const [, sign, hours = 0, minutes = 0, seconds = 0] = match;
    const millis = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
    return sign === '-' ? -millis : millis;
  }
}
