import fc from 'fast-check';
import { partsOf } from './scan-database.ts';

const rangeOf = (endBlock: number) => ({
  origin: 'o',
  size: endBlock * 256,
  firstBlock: 0,
  endBlock,
  keep: new Set<number>(),
});

describe('the parts of a scan', () => {
  it('follow each other without gap or overlap, to the end', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 32 }), (endBlock, threads) => {
        const parts = partsOf(rangeOf(endBlock), threads);
        expect(parts.length).toBeGreaterThanOrEqual(1);
        expect(parts.length).toBeLessThanOrEqual(threads);
        expect(parts[0]?.firstBlock).toBe(0);
        expect(parts.at(-1)?.endBlock).toBe(endBlock);
        for (const [at, part] of parts.entries()) {
          if (at > 0) expect(part.firstBlock).toBe(parts[at - 1]?.endBlock);
        }
      }),
    );
  });

  it('are as many as threads when each is worth one', () => {
    expect([1, 127, 128, 100_000].map((blocks) => partsOf(rangeOf(blocks), 2).length)).toEqual([1, 1, 2, 2]);
  });
});
