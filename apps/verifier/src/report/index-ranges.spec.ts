import fc from 'fast-check';
import { IndexRanges } from './index-ranges.ts';

const indexes = fc.uniqueArray(fc.nat(60)).map((list) => list.sort((one, other) => one - other));
const rangesOf = (list: readonly number[]) => {
  const ranges = new IndexRanges();
  for (const index of list) ranges.add(index);
  return ranges;
};
const spread = (ranges: readonly (readonly [number, number])[]) =>
  ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at));

describe('a set of indexes', () => {
  it('keeps each index once, in as few runs as there are', () => {
    fc.assert(
      fc.property(indexes, (list) => {
        const { ranges, count } = rangesOf(list);
        expect([spread(ranges), count]).toEqual([list, list.length]);
        for (const [at, [from]] of ranges.entries()) expect(from).not.toBe((ranges[at - 1]?.[1] ?? -2) + 1);
      }),
    );
  });

  it('unites sets whatever their order and overlap', () => {
    fc.assert(
      fc.property(fc.array(indexes, { maxLength: 4 }), (lists) => {
        const united = IndexRanges.union(lists.map((list) => rangesOf(list).ranges));
        expect(spread(united.ranges)).toEqual([...new Set(lists.flat())].sort((one, other) => one - other));
      }),
    );
  });

  it('takes runs', () => {
    const ranges = new IndexRanges();
    ranges.add(3, 5);
    ranges.add(4, 9);
    ranges.add(10);
    ranges.add(12, 13);
    expect(ranges.ranges).toEqual([
      [3, 10],
      [12, 13],
    ]);
  });
});
