import { type EpochMillis, parseTimestamp, toTimestamp } from '#kernel';

/**
 * An RFC 3339 date-time that exists, or undefined. `Date.parse` alone turns 30 February into 2 March, which in a freeze
 * would be the wrong day.
 */
export function readInstant(text: string): EpochMillis | undefined {
  const wallClock = text.slice(0, 19).toUpperCase();
  const onCalendar = parseTimestamp(`${wallClock}Z`);
  if (onCalendar === undefined || !toTimestamp(onCalendar).startsWith(wallClock)) return undefined;
  return parseTimestamp(text);
}
