import fc from 'fast-check';
import { verifyConsistency, verifyInclusion } from '#tlog';
import { provesGrowth, provesInclusion } from '../../apps/verifier/src/tree/prove.ts';
import { SomeTree } from './some-tree.ts';
import { flip, type Hashes, spoils } from './spoiled-hashes.ts';

/** Runs are the same every time; a failure names its own counterexample. */
const runs = { seed: 20_260_105, numRuns: 400 };
const tree = new SomeTree(600);

const noise = fc.record({ at: fc.nat(63), bit: fc.nat(255) });
const sizes = fc.integer({ min: 1, max: tree.size });
const inclusionCase = sizes.chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1), noise }));
const growthCase = sizes.chain((size) =>
  fc.record({ size: fc.constant(size), oldSize: fc.integer({ min: 1, max: size }), noise }),
);

/** What both verifiers say; they have to agree. */
function included(index: number, size: number, leaf: Uint8Array, root: Uint8Array, hashes: Hashes): boolean {
  const ours = verifyInclusion({ index, size, leafHash: leaf, root }, hashes);
  expect(provesInclusion({ index, size, leaf, root }, hashes)).toBe(ours);
  return ours;
}

function grown(oldSize: number, oldRoot: Uint8Array, size: number, root: Uint8Array, hashes: Hashes): boolean {
  const ours = verifyConsistency({ oldSize, oldRoot, size, root }, hashes);
  expect(provesGrowth({ oldSize, oldRoot, newSize: size, newRoot: root }, hashes)).toBe(ours);
  return ours;
}

describe('libs/tlog and the verifier both', () => {
  it('accept the good inclusion proof and refuse it with another index, size, leaf or root', async () => {
    await fc.assert(
      fc.asyncProperty(inclusionCase, async ({ size, index, noise: { bit } }) => {
        const [root, hashes] = [await tree.rootAt(size), await tree.inclusion(index, size)];
        const leaf = await tree.leafAt(index);
        expect(included(index, size, leaf, root, hashes)).toBe(true);
        expect(included(index, size, flip(leaf, bit), root, hashes)).toBe(false);
        expect(included(index, size, leaf, flip(root, bit), hashes)).toBe(false);
        for (const other of [index - 1, index + 1, size, index + 0.5, Number.NaN, 2 ** 53]) {
          expect(included(other, size, leaf, root, hashes)).toBe(false);
        }
        // Where two sizes have paths of one shape, only the root tells them apart.
        for (const other of [size - 1, size + 1].filter((at) => at > 0 && at <= tree.size)) {
          expect(included(index, other, leaf, await tree.rootAt(other), hashes)).toBe(false);
        }
        for (const other of [0, index, size + 2 ** 40, -size]) {
          expect(included(index, other, leaf, root, hashes)).toBe(false);
        }
      }),
      runs,
    );
  });

  it.each(Object.entries(spoils))('refuse inclusion proofs with %s', async (_what, spoil) => {
    await fc.assert(
      fc.asyncProperty(inclusionCase, async ({ size, index, noise: { at, bit } }) => {
        const bad = spoil(await tree.inclusion(index, size), at, bit);
        fc.pre(bad !== undefined);
        expect(included(index, size, await tree.leafAt(index), await tree.rootAt(size), bad)).toBe(false);
      }),
      runs,
    );
  });

  it('accept the good consistency proof and refuse it with other sizes or roots', async () => {
    await fc.assert(
      fc.asyncProperty(growthCase, async ({ size, oldSize, noise: { bit } }) => {
        const [oldRoot, root] = [await tree.rootAt(oldSize), await tree.rootAt(size)];
        const hashes = await tree.growth(oldSize, size);
        expect(grown(oldSize, oldRoot, size, root, hashes)).toBe(true);
        expect(grown(oldSize, flip(oldRoot, bit), size, root, hashes)).toBe(false);
        expect(grown(oldSize, oldRoot, size, flip(root, bit), hashes)).toBe(false);
        for (const other of [size - 1, size + 1].filter((at) => at >= oldSize && at <= tree.size)) {
          expect(grown(oldSize, oldRoot, other, await tree.rootAt(other), hashes)).toBe(false);
        }
        for (const other of [0, size + 1, oldSize + 0.5, -1]) {
          expect(grown(other, oldRoot, size, root, hashes)).toBe(false);
        }
        if (size > oldSize) expect(grown(size, root, oldSize, oldRoot, hashes)).toBe(false);
      }),
      runs,
    );
  });

  it.each(Object.entries(spoils))('refuse consistency proofs with %s', async (_what, spoil) => {
    await fc.assert(
      fc.asyncProperty(growthCase, async ({ size, oldSize, noise: { at, bit } }) => {
        const bad = spoil(await tree.growth(oldSize, size), at, bit);
        fc.pre(bad !== undefined);
        expect(grown(oldSize, await tree.rootAt(oldSize), size, await tree.rootAt(size), bad)).toBe(false);
      }),
      runs,
    );
  });
});
