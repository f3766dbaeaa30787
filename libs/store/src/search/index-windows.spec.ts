import fc from 'fast-check';
import { windowsOf } from './index-windows.ts';

const cases = fc.record({
  from: fc.nat(5_000),
  length: fc.nat(5_000),
  order: fc.constantFrom('oldest', 'newest'),
  width: fc.integer({ min: 1, max: 300 }),
  most: fc.integer({ min: 1, max: 8 }),
});

describe('the windows of whole blocks', () => {
  it('have each index of the range once, in the order of the page', () => {
    fc.assert(
      fc.property(cases, ({ from, length, order, width, most }) => {
        const windows = [...windowsOf({ from, to: from + length - 1 }, order, width, most)];
        const ascending = order === 'oldest' ? windows : windows.toReversed();
        let next = from;
        for (const window of ascending) {
          expect(window.from).toBe(next);
          expect(window.to).toBeGreaterThanOrEqual(window.from);
          next = window.to + 1;
        }
        expect(next).toBe(from + length);
      }),
    );
  });

  it('end where blocks end, and double up to the most', () => {
    expect([...windowsOf({ from: 5, to: 87 }, 'oldest', 10, 4)]).toEqual([
      { from: 5, to: 9 },
      { from: 10, to: 29 },
      { from: 30, to: 69 },
      { from: 70, to: 87 },
    ]);
    expect([...windowsOf({ from: 5, to: 87 }, 'newest', 10, 4)]).toEqual([
      { from: 80, to: 87 },
      { from: 60, to: 79 },
      { from: 20, to: 59 },
      { from: 5, to: 19 },
    ]);
  });

  it('begin with as many blocks as they are told', () => {
    expect([...windowsOf({ from: 5, to: 87 }, 'newest', 10, 3, 3)]).toEqual([
      { from: 60, to: 87 },
      { from: 30, to: 59 },
      { from: 5, to: 29 },
    ]);
  });
});
