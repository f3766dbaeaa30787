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

/**
 * The range cut at the ends of blocks of `width` indexes, in the page's direction: `first` blocks, then twice as many each
 * time, up to `most`. So a page of what is frequent comes from few entries, and what is rare takes few questions.
 */
export function* windowsOf(
  { from, to }: IndexRange,
  order: SearchPage['order'],
  width: number,
  most: number,
  first = 1,
): Generator<IndexRange, void, undefined> {
  let [low, high] = [from, to];
  for (let blocks = first; low <= high; blocks = Math.min(2 * blocks, most)) {
    if (order === 'oldest') {
      const end = (Math.floor(low / width) + blocks) * width - 1;
      yield { from: low, to: Math.min(high, end) };
      low = end + 1;
    } else {
      const begin = (Math.floor(high / width) - blocks + 1) * width;
      yield { from: Math.max(low, begin), to: high };
      high = begin - 1;
    }
  }
}
