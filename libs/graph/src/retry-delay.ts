import type { EpochMillis } from '#kernel';

const maxRetryAfterMillis = 3_600_000;
const minBackoffMillis = 50;
const firstBackoffMillis = 500;
const maxBackoffMillis = 5000;

const httpDate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * Milliseconds that a `Retry-After` header asks for, in seconds or as a date, at most an hour; undefined when it is
 * absent or means nothing.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfter(header: string | undefined, now: EpochMillis): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,15}$/.test(header)) return Math.min(Number(header) * 1000, maxRetryAfterMillis);
  if (!httpDate.test(header)) return undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.min(Math.max(date - now, 0), maxRetryAfterMillis);
}

/**
 * Milliseconds to wait before the next try, given the wait before the last one: anything up to three times as long
 * (decorrelated jitter), so that those who failed together do not come back together.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function decorrelatedDelay(previous: number | undefined, random: () => number): number {
  const longest = previous === undefined ? firstBackoffMillis : Math.min(previous * 3, maxBackoffMillis);
  return minBackoffMillis + random() * (longest - minBackoffMillis);
}
