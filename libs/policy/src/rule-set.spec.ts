import fc from 'fast-check';
import { RuleSet } from './rule-set.ts';

const size = fc.integer({ min: 0, max: 200 });
const members = (count: number) => fc.uniqueArray(fc.nat(Math.max(count - 1, 0)), { maxLength: count });

describe('a set of rules', () => {
  it('behaves like a set of numbers', () => {
    const sets = size.chain((count) => fc.tuple(fc.constant(count), members(count), members(count), members(count)));
    const agree = fc.property(sets, ([count, ...lists]) => {
      const [a, b, c] = lists.map((list) => new Set(list)) as [Set<number>, Set<number>, Set<number>];
      const [x, y, z] = [a, b, c].map((set) => RuleSet.where(count, (index) => set.has(index))) as [
        RuleSet,
        RuleSet,
        RuleSet,
      ];
      for (let index = 0; index < count; index++) {
        expect(x.has(index)).toBe(a.has(index));
        expect(x.or(y).has(index)).toBe(a.has(index) || b.has(index));
        expect(x.and(y).has(index)).toBe(a.has(index) && b.has(index));
      }
      const common = [...a].filter((index) => b.has(index) && c.has(index)).sort((left, right) => left - right);
      expect(RuleSet.common(x, y, z)).toEqual(common.filter((index) => index < count));
    });
    fc.assert(agree);
  });
});
