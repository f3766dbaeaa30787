import fc, * as all from 'fast-check';
import { seed } from './seeded-fast-check.ts';

describe('fast-check, as the suites import it', () => {
  const drawn = () => fc.sample(fc.integer(), 20);

  it('draws the same values each time, those of the seed of the run', () => {
    expect(drawn()).toEqual(drawn());
    expect(drawn()).toEqual(fc.sample(fc.integer(), { numRuns: 20, seed }));
    expect(drawn()).not.toEqual(fc.sample(fc.integer(), { numRuns: 20, seed: seed + 1 }));
  });

  it('runs a property with that seed, and tells it when the property fails', () => {
    const { failed, seed: used } = fc.check(fc.property(fc.integer(), () => false));
    expect({ failed, used }).toEqual({ failed: true, used: seed });
  });

  it('is one and the same under both ways to import it', () => {
    expect(all.assert).toBe(fc.assert);
  });
});
