import type { Window } from '../conditions/window.ts';
import type { Period } from '../conditions/during.ts';
import type { RuleInFile } from '../file/rule-schema.ts';
import { weekdays } from '../time/zone.ts';
import { contains, type Span, type Spans, spansOf } from './spans.ts';

const dayMinutes = 1_440;
const weekMinutes = 7 * dayMinutes;

/**
 * When a rule applies, in a form in which equal conditions are equal: within one of the periods and, on the wall of one
 * of the zones, within the hours of the week. Absent: at any time.
 */
export interface RuleTimes {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly periods?: Spans;
  /** Minutes since the Sunday midnight of the zone's own clock, by zone. */
  readonly hours?: ReadonlyMap<string, Spans>;
}

export function timesOf({ during, windows }: Pick<RuleInFile, 'during' | 'windows'>): RuleTimes {
  const periods = during && periodsOf(during);
  const hours = windows && hoursOf(windows);
  const key = JSON.stringify([periods?.map(([from, to]) => `${from} ${to}`), hours && [...hours]]);
  return { key, ...(periods !== undefined && { periods }), ...(hours !== undefined && { hours }) };
}

/**
 * Whether `outer` holds whenever `inner` does. Conditions are compared, so a true answer is always right; hours of
 * different zones are not compared, nor periods with hours.
 */
export function timesCover(outer: RuleTimes, inner: RuleTimes): boolean {
  if (outer.key === inner.key) return true;
  if (outer.periods !== undefined && (inner.periods === undefined || !contains(outer.periods, inner.periods))) {
    return false;
  }
  if (outer.hours === undefined) return true;
  if (inner.hours === undefined) return false;
  for (const [zone, spans] of inner.hours) if (!contains(outer.hours.get(zone) ?? [], spans)) return false;
  return true;
}

function periodsOf(periods: readonly Period[]): Spans | undefined {
  const spans = spansOf(periods.map(({ from = -Infinity, to = Infinity }): Span => [from, to]));
  return spans[0]?.[0] === -Infinity && spans[0][1] === Infinity ? undefined : spans;
}

function hoursOf(windows: readonly Window[]): ReadonlyMap<string, Spans> | undefined {
  const byZone = Map.groupBy(windows, ({ zone }) => zone.name);
  const hours = [...byZone].map(([zone, own]) => [zone, spansOf(own.flatMap(weekOf))] as const);
  const isWhole = (spans: Spans): boolean => spans[0]?.[0] === 0 && spans[0][1] === weekMinutes;
  if (hours.some(([, spans]) => isWhole(spans))) return undefined;
  return new Map(hours.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The hours of a window in the week; those of an overnight one end on the next day. */
function weekOf({ days, from, to }: Window): readonly Span[] {
  return weekdays.flatMap((day, index): Span[] => {
    if (days !== undefined && !days.includes(day)) return [];
    const start = index * dayMinutes;
    if (from < to) return [[start + from, start + to]];
    const next = (start + dayMinutes) % weekMinutes;
    const evening: Span = [start + from, start + dayMinutes];
    return to === 0 ? [evening] : [evening, [next, next + to]];
  });
}
