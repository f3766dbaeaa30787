import { TlogError } from './tlog-error.ts';

/** Leaves `from <= index < to`, whose subtree's root is one hash of a proof. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The subtrees that prove leaf `index` in a tree of `size`, from the leaf's sibling to the root's child: PATH of
 * RFC 9162 §2.1.3.1. Numbers stay exact up to 2^53, where bit operators would wrap at 2^31.
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  assertOrder(0, index, index + 1, size);
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/** The subtrees that prove that a tree of `size` extends the one of `oldSize`: PROOF of RFC 9162 §2.1.4.1. */
export function consistencyRanges(oldSize: number, size: number): LeafRange[] {
  assertOrder(0, oldSize, size);
  if (oldSize === 0) return [];
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = size;
  while (to !== oldSize) {
    const middle = from + largestPowerBelow(to - from);
    if (oldSize <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // The verifier knows the old root; it needs the last subtree only when that is not the whole old tree.
  if (from > 0) ranges.push({ from, to });
  return ranges.reverse();
}

/** Throws `range_invalid` unless the numbers are sizes and none is smaller than the one before. */
export function assertOrder(...sizes: readonly number[]): void {
  let last = 0;
  for (const size of sizes) {
    if (!Number.isSafeInteger(size) || size < last) throw new TlogError('range_invalid', 'The tree has no such index');
    last = size;
  }
}

/** The largest power of two that is smaller than `count`, which is at least 2. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
