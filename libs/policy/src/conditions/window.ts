import type { EpochMillis } from '#kernel';
import type { PolicyRequest } from '../decision.ts';
import { formatWallTime, type WallTime } from '../time/wall-time.ts';
import { type Weekday, weekdays, type Zone } from '../time/zone.ts';
import type { Explanation, RuleCondition } from './rule-condition.ts';

/**
 * Hours of local wall time; they hold `from` and not `to`. With `from` after `to` they run overnight and belong to the
 * day on which they begin. Absent days: every day.
 */
export interface Window {
  readonly zone: Zone;
  readonly days?: readonly Weekday[];
  readonly from: WallTime;
  readonly to: WallTime;
}

/** The rule applies within any of its windows. */
export class WindowCondition implements RuleCondition {
  readonly name = 'window';
  readonly mendable = false;
  readonly #windows: readonly DailyHours[];
  readonly #zones: readonly Zone[];
  readonly #expected: string;

  constructor(windows: readonly Window[]) {
    this.#windows = windows.map((window) => new DailyHours(window));
    this.#zones = [...new Map(windows.map(({ zone }) => [zone.name, zone])).values()];
    this.#expected = windows.map(describe).join('; ');
  }

  holds({ at }: PolicyRequest): boolean {
    return this.contains(at);
  }

  contains(at: EpochMillis): boolean {
    for (const window of this.#windows) if (window.contains(at)) return true;
    return false;
  }

  explain({ at }: PolicyRequest): Explanation {
    return { expected: this.#expected, got: this.#zones.map((zone) => zone.describe(at)).join('; ') };
  }
}

class DailyHours {
  readonly #window: Window;
  readonly #onDay: readonly boolean[];

  constructor(window: Window) {
    this.#window = window;
    this.#onDay = weekdays.map((day) => window.days?.includes(day) ?? true);
  }

  /** Asks what the clock on the wall shows: an hour that is shown twice counts twice, a skipped one never comes. */
  contains(at: EpochMillis): boolean {
    const { zone, from, to } = this.#window;
    const { weekday, minute } = zone.localTime(at);
    const today = this.#onDay[weekday] === true;
    if (from < to) return today && from <= minute && minute < to;
    return (today && from <= minute) || (this.#onDay[(weekday + 6) % 7] === true && minute < to);
  }
}

function describe({ zone, days, from, to }: Window): string {
  const on = days === undefined ? '' : ` on ${days.join(', ')}`;
  return `${formatWallTime(from)} to ${formatWallTime(to)}${on} in ${zone.name}`;
}
