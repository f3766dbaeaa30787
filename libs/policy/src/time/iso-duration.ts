/** A positive length of time, and how it was written. */
export interface IsoDuration {
  readonly text: string;
  readonly millis: number;
}

const pattern = /^P(?:(\d{1,4})W|(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?)$/;

/**
 * An ISO 8601 duration of whole weeks, or of days (24 hours), hours, minutes and seconds; undefined for anything else
 * and for zero. Years and months have no fixed length and are refused.
 */
export function readDuration(text: string): IsoDuration | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part || 0));
  const total = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
  return total === 0 ? undefined : { text, millis: total * 1000 };
}

/** Milliseconds as an ISO 8601 duration in hours, minutes and seconds, rounded up to a whole second. */
export function formatDuration(millis: number): string {
  const seconds = Math.ceil(millis / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ] as const;
  const text = parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
  return text === '' ? 'PT0S' : `PT${text}`;
}
