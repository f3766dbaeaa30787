/** Whether times are told in UTC, as in the log, or as on the wall. */
export type Zone = 'utc' | 'local';

const parts = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
};
const formats = {
  utc: new Intl.DateTimeFormat('sv-SE', { ...parts, timeZone: 'UTC' } as Intl.DateTimeFormatOptions),
  local: new Intl.DateTimeFormat('sv-SE', { ...parts, timeZoneName: 'short' } as Intl.DateTimeFormatOptions),
};

/** A time of the API (RFC 3339) or in milliseconds, to the second. */
export function timeText(time: string | number, zone: Zone): string {
  const at = typeof time === 'number' ? time : Date.parse(time);
  if (Number.isNaN(at)) return String(time);
  return `${formats[zone].format(at)}${zone === 'utc' ? ' UTC' : ''}`;
}

/** How long, in the two largest units that matter: `2 h 05 min`, `4 min 09 s`. */
export function durationText(millis: number): string {
  const seconds = Math.max(0, Math.ceil(millis / 1_000));
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600), Math.floor(seconds / 60)];
  const two = (value: number) => String(value).padStart(2, '0');
  if (days > 0) return `${days} d ${two(hours % 24)} h`;
  if (hours > 0) return `${hours} h ${two(minutes % 60)} min`;
  return minutes > 0 ? `${minutes} min ${two(seconds % 60)} s` : `${seconds} s`;
}
