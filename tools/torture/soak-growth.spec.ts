import { growthOf, type Tenth } from './soak-growth.ts';

const mebibyte = 2 ** 20;

/** Ten tenths whose figures, in MiB, come from their numbers 1 to 10. */
function soak(of: (tenth: number) => Partial<Tenth>): readonly Tenth[] {
  return Array.from({ length: 10 }, (_, at) => {
    const { highestRss = 280, reachable = 55, database = 500 } = of(at + 1);
    return { highestRss: highestRss * mebibyte, reachable: reachable * mebibyte, database: database * mebibyte };
  });
}

describe('memory in a soak', () => {
  it('that was higher while the broker warmed up, and swings by less than a tenth, is flat', () => {
    expect(growthOf(soak((tenth) => ({ highestRss: tenth < 3 ? 330 : 280 + 8 * (tenth % 3) })))).toEqual([]);
  });

  it('that leaks 64 bytes with each of 50,000 pauses has grown', () => {
    const leaked = (tenth: number) => (Math.max(0, tenth - 2) / 8) * ((64 * 50_000) / mebibyte);

    expect(growthOf(soak((tenth) => ({ reachable: 55 + leaked(tenth) })))).toEqual([
      expect.stringMatching(/^reachable memory grew from 55\.0 to 58\.1 MiB/),
    ]);
  });

  it('that grows outside of the heap, in what native code keeps, has grown', () => {
    expect(growthOf(soak((tenth) => ({ highestRss: 250 + 4 * tenth })))).toEqual([
      expect.stringMatching(/^resident memory grew from 262\.0 to 290\.0 MiB/),
    ]);
  });

  it.each([
    [2, 0],
    [8, 1],
    [500, 1],
  ])('may grow by what the page cache has room for beside a database of %i MiB', (database, faults) => {
    expect(growthOf(soak((tenth) => ({ highestRss: 220 + 4 * tenth, database })))).toHaveLength(faults);
  });
});
