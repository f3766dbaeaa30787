/** Milliseconds since 1970-01-01T00:00:00Z by the simulated clock. */
export type Clock = () => number;

/** Whole seconds, as JWT claims count them (RFC 7519 NumericDate). */
export function secondsOf(clock: Clock): number {
  return Math.floor(clock() / 1000);
}

/** RFC 3339 in UTC without a fraction. */
export function timestampOf(millis: number): string {
  return new Date(millis).toISOString().replace(/\.\d+Z$/, 'Z');
}
