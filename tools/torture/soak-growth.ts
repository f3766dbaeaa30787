const mebibyte = 2 ** 20;
/** `cache_size` of libs/store/src/sqlite/sqlite-file.ts: pages of the database that stay in memory. */
const pageCache = 8 * mebibyte;
const allowedRss = 1.1;
const allowedReachable = 1.05;

/** What was seen in one tenth of a soak, in bytes. */
export interface Tenth {
  /** The highest resident memory of many looks. */
  readonly highestRss: number;
  /** At its end, without load and after a full collection. */
  readonly reachable: number;
  /** Size of the database file at its end. */
  readonly database: number;
}

/**
 * Says how memory grew after the first fifth of a soak (two minutes of ten) where it must not: what is reachable by more
 * than 5 %, and the highest RSS of the last tenth over that of the third by more than 10 % and what SQLite's page cache,
 * which fills as the database grows, had still room for.
 */
export function growthOf(tenths: readonly Tenth[]): readonly string[] {
  const [, second, third] = tenths;
  const last = tenths.at(-1);
  if (tenths.length !== 10 || second === undefined || third === undefined || last === undefined) {
    throw new TypeError('A soak has ten tenths');
  }
  const room = Math.max(0, pageCache - second.database);
  return [
    ...beyond('reachable memory', second.reachable, last.reachable, second.reachable * allowedReachable),
    ...beyond('resident memory', third.highestRss, last.highestRss, third.highestRss * allowedRss + room),
  ];
}

function beyond(what: string, from: number, to: number, limit: number): readonly string[] {
  if (to <= limit) return [];
  return [`${what} grew from ${inMebibytes(from)} to ${inMebibytes(to)} MiB, at most ${inMebibytes(limit)} are flat`];
}

/** With one digit. */
export function inMebibytes(bytes: number): string {
  return (bytes / mebibyte).toFixed(1);
}
