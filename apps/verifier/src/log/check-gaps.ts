import type { Report } from '../report/report.ts';

/**
 * Tells apart why entries are missing: pruned as an entry of the log itself says, cut off at the end, or taken out.
 * `missing` are first and last index of each run.
 */
export function checkGaps(
  missing: readonly (readonly [number, number])[],
  size: number,
  prunedBelow: number,
  report: Report,
): void {
  for (const [first, last] of missing) {
    if (first < prunedBelow) report.pruned.add(first, Math.min(last, prunedBelow - 1));
    const from = Math.max(first, prunedBelow);
    if (from > last) continue;
    if (last === size - 1) report.problem('truncated', 'The last entries are missing', from, last);
    else report.problem('gap', 'Entries are missing', from, last);
  }
}
