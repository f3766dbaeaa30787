import type { SearchPage } from '#audit';

/** Indexes from `from` to `to`, both included; empty when `to` is smaller. */
export interface IndexRange {
  readonly from: number;
  readonly to: number;
}

/** Where a page can find anything at all: below its size, after its last position, within all of the `ends`. */
export function rangeOf(ends: readonly Partial<IndexRange>[], { order, size, after }: SearchPage): IndexRange {
  const range = { from: 0, to: size - 1 };
  for (const { from, to } of ends) {
    range.from = Math.max(range.from, from ?? 0);
    range.to = Math.min(range.to, to ?? range.to);
  }
  if (after !== undefined && order === 'oldest') range.from = Math.max(range.from, after + 1);
  if (after !== undefined && order === 'newest') range.to = Math.min(range.to, after - 1);
  return range;
}

/** The range in parts of `width` indexes, in the page's direction. */
export function* windowsOf({ from, to }: IndexRange, order: SearchPage['order'], width: number): Iterable<IndexRange> {
  if (order === 'oldest') {
    for (let first = from; first <= to; first += width) yield { from: first, to: Math.min(to, first + width - 1) };
  } else {
    for (let last = to; last >= from; last -= width) yield { from: Math.max(from, last - width + 1), to: last };
  }
}
