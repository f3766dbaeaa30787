import * as fc from 'fast-check';
import { emptyRoot, equalHashes, leafHash, nodeHash } from './merkle-hash.ts';
import { RightEdge } from './right-edge.ts';
import type { Tile } from './tile.ts';
import { TreeHashes } from './tree-hashes.ts';
import { verifyConsistency, verifyInclusion } from './verify-proof.ts';

const total = 70_000;
const leaves = Array.from({ length: total }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)));

/** MTH of RFC 9162 §2.1.1, word for word: slow, and sharing nothing with the code under test but the hash. */
function naiveRoot(from: number, to: number): Uint8Array {
  if (from === to) return emptyRoot();
  if (to - from === 1) return leaves[from]!;
  const split = from + 2 ** (Math.ceil(Math.log2(to - from)) - 1);
  return nodeHash(naiveRoot(from, split), naiveRoot(split, to));
}

interface Grown {
  readonly edge: RightEdge;
  readonly tiles: ReadonlyMap<string, Tile>;
}

/** Grows a tree to the given sizes, one append each. */
function grow(...sizes: readonly number[]): Grown {
  let edge = RightEdge.empty;
  const tiles = new Map<string, Tile>();
  for (const size of sizes) {
    const growth = edge.append(leaves.slice(edge.size, size));
    edge = growth.edge;
    for (const tile of growth.tiles) {
      expect(tiles.has(`${tile.level}/${tile.index}`)).toBe(false);
      tiles.set(`${tile.level}/${tile.index}`, tile);
    }
  }
  return { edge, tiles };
}

/** In text, which is compared a thousand times faster than bytes. */
function inHex({ edge, tiles }: Grown) {
  const hex = (hashes: Uint8Array) => Buffer.from(hashes).toString('hex');
  return { edge: edge.levels.map(hex), tiles: [...tiles].map(([place, { hashes }]) => [place, hex(hashes)]) };
}

function hashesOf({ edge, tiles }: Grown): TreeHashes {
  return new TreeHashes(edge, (level, index) => Promise.resolve(tiles.get(`${level}/${index}`)?.hashes));
}

const whole = grow(total);

function flipped(hash: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(hash);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

const sizeInTree = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.constantFrom(255, 256, 257, 511, 512, 65_535, 65_536, 65_537, total),
  fc.integer({ min: 1, max: total }),
);
const pairInTree = sizeInTree.chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));
const anyBit = fc.nat(255);

describe('a tree grown in steps', () => {
  it('has the root of the naive recursion at every size up to 600', () => {
    let edge = RightEdge.empty;
    expect(edge.root()).toEqual(emptyRoot());
    for (let size = 1; size <= 600; size += 1) {
      ({ edge } = edge.append(leaves.slice(size - 1, size)));
      expect(equalHashes(edge.root(), naiveRoot(0, size))).toBe(true);
    }
  });

  it('is the same whatever the steps, in memory and from its stored levels', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(cuts, (unsorted) => {
        const sizes = unsorted.toSorted((one, other) => one - other);
        const last = sizes.at(-1)!;
        const stepped = grow(...sizes);
        const atOnce = grow(last);
        expect(inHex(stepped)).toEqual(inHex(atOnce));
        const stored = RightEdge.of(last, stepped.edge.levels);
        expect(equalHashes(stored.root(), naiveRoot(0, last))).toBe(true);
        expect(equalHashes(stored.append(leaves.slice(last, last + 3)).edge.root(), naiveRoot(0, last + 3))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('has as many tiles and hashes as the tile format says', () => {
    expect(whole.edge.levels.map((hashes) => hashes.length / 32)).toEqual([112, 17, 1]);
    expect([...whole.tiles.values()].filter(({ level }) => level === 0)).toHaveLength(273);
    expect([...whole.tiles.values()].filter(({ level }) => level === 1)).toHaveLength(1);
    expect([...whole.tiles.values()].every(({ hashes }) => hashes.length === 8_192)).toBe(true);
  });

  it('follows a larger tree from its edge alone only if that extends it within the tile', () => {
    const at300 = grow(300).edge;
    const at400 = grow(400).edge;
    expect(at300.extendedTo(400, at400.levels, at400.root())?.size).toBe(400);
    expect(at300.extendedTo(400, at400.levels, at300.root())).toBeUndefined();
    expect(at300.extendedTo(512, grow(512).edge.levels, grow(512).edge.root())).toBeUndefined();
    const forked = grow(256).edge.append(leaves.slice(0, 144)).edge;
    expect(at300.extendedTo(400, forked.levels, forked.root())).toBeUndefined();
  });

  it('refuses levels that do not belong to its size', () => {
    const { levels } = whole.edge;
    for (const [size, wrong] of [
      [total, levels.slice(1)],
      [total + 1, levels],
      [total, [...levels, new Uint8Array()]],
      [-1, []],
      [1.5, levels],
    ] as const) {
      expect(() => RightEdge.of(size, wrong)).toThrow(expect.objectContaining({ code: 'edge_invalid' }) as Error);
    }
  });
});

describe('inclusion proofs', () => {
  it('verify at every index of every size up to 70', async () => {
    const tree = hashesOf(whole);
    for (let size = 1; size <= 70; size += 1) {
      const root = naiveRoot(0, size);
      for (let index = 0; index < size; index += 1) {
        const proof = await tree.inclusionProof(index, size);
        expect(verifyInclusion({ index, size, leafHash: leaves[index]!, root }, proof)).toBe(true);
      }
    }
  });

  it('verify in trees of several tile levels and fail on any flipped bit, other place or other length', async () => {
    const tree = hashesOf(whole);
    await fc.assert(
      fc.asyncProperty(pairInTree, anyBit, fc.nat(20), async ([index, size], bit, which) => {
        const proof = await tree.inclusionProof(index, size);
        const claim = { index, size, leafHash: leaves[index]!, root: await tree.rootAt(size) };
        expect(verifyInclusion(claim, proof)).toBe(true);
        expect(verifyInclusion({ ...claim, root: flipped(claim.root, bit) }, proof)).toBe(false);
        expect(verifyInclusion({ ...claim, leafHash: flipped(claim.leafHash, bit) }, proof)).toBe(false);
        expect(verifyInclusion(claim, [...proof, claim.root])).toBe(false);
        expect(verifyInclusion({ ...claim, index: index + 1 }, proof)).toBe(false);
        if (proof.length === 0) return;
        const at = which % proof.length;
        expect(verifyInclusion(claim, proof.with(at, flipped(proof[at]!, bit)))).toBe(false);
        expect(verifyInclusion(claim, proof.slice(0, -1))).toBe(false);
        expect(verifyInclusion(claim, proof.with(at, new Uint8Array(31)))).toBe(false);
      }),
      { numRuns: 120 },
    );
  });

  it('verify beyond 2^31, where shifts would wrap', () => {
    // A tree of 2^40 + 1 leaves: the last leaf's only sibling is the perfect tree of all others.
    const [left, leaf] = [leaves[0]!, leaves[1]!];
    const claim = { index: 2 ** 40, size: 2 ** 40 + 1, leafHash: leaf, root: nodeHash(left, leaf) };
    expect(verifyInclusion(claim, [left])).toBe(true);
    expect(verifyInclusion({ ...claim, index: 2 ** 40 - 1 }, [left])).toBe(false);
    expect(verifyInclusion({ ...claim, index: 0, size: 2 }, [left])).toBe(false);
    const growth = { oldSize: 2 ** 40, size: 2 ** 40 + 1, oldRoot: left, root: nodeHash(left, leaf) };
    expect(verifyConsistency(growth, [leaf])).toBe(true);
    expect(verifyConsistency({ ...growth, oldSize: 2 ** 40 - 1 }, [leaf])).toBe(false);
  });
});

describe('consistency proofs', () => {
  it('verify between all sizes up to 70', async () => {
    const tree = hashesOf(whole);
    for (let size = 0; size <= 70; size += 1) {
      for (let oldSize = 0; oldSize <= size; oldSize += 1) {
        const claim = { oldSize, size, oldRoot: naiveRoot(0, oldSize), root: naiveRoot(0, size) };
        expect(verifyConsistency(claim, await tree.consistencyProof(oldSize, size))).toBe(true);
      }
    }
  });

  it('verify in trees of several tile levels and fail on any flipped bit, other size or other length', async () => {
    const tree = hashesOf(whole);
    const growing = pairInTree.map(([below, size]) => [below + 1, size] as const);
    await fc.assert(
      fc.asyncProperty(growing, anyBit, fc.nat(20), async ([oldSize, size], bit, which) => {
        const proof = await tree.consistencyProof(oldSize, size);
        const claim = { oldSize, size, oldRoot: await tree.rootAt(oldSize), root: await tree.rootAt(size) };
        expect(verifyConsistency(claim, proof)).toBe(true);
        expect(verifyConsistency({ ...claim, oldRoot: flipped(claim.oldRoot, bit) }, proof)).toBe(false);
        expect(verifyConsistency({ ...claim, root: flipped(claim.root, bit) }, proof)).toBe(false);
        expect(verifyConsistency(claim, [...proof, claim.root])).toBe(false);
        if (proof.length === 0) return;
        const at = which % proof.length;
        expect(verifyConsistency(claim, proof.with(at, flipped(proof[at]!, bit)))).toBe(false);
        expect(verifyConsistency(claim, proof.slice(0, -1))).toBe(false);
      }),
      { numRuns: 120 },
    );
  });

  it('of an empty tree are empty, and its root is that of nothing', () => {
    const root = leaves[0]!;
    expect(verifyConsistency({ oldSize: 0, size: 1, oldRoot: emptyRoot(), root }, [])).toBe(true);
    expect(verifyConsistency({ oldSize: 0, size: 1, oldRoot: root, root }, [])).toBe(false);
    expect(verifyConsistency({ oldSize: 0, size: 1, oldRoot: emptyRoot(), root }, [root])).toBe(false);
    expect(verifyConsistency({ oldSize: 0, size: 0, oldRoot: root, root }, [])).toBe(false);
    expect(verifyConsistency({ oldSize: 2, size: 1, oldRoot: root, root }, [])).toBe(false);
  });
});

describe('reading tiles', () => {
  it('says which tile is missing or cut', async () => {
    const missing = new TreeHashes(whole.edge, () => Promise.resolve(undefined));
    await expect(missing.inclusionProof(0, 300)).rejects.toMatchObject({ code: 'tile_missing', message: /0\/0/ });
    const cut = new TreeHashes(whole.edge, () => Promise.resolve(new Uint8Array(32)));
    await expect(cut.leafAt(3)).rejects.toMatchObject({ code: 'tile_invalid' });
  });

  it('reads each tile once per proof and none for what the edge holds', async () => {
    const read: string[] = [];
    const counting = new TreeHashes(whole.edge, (level, index) => {
      read.push(`${level}/${index}`);
      return Promise.resolve(whole.tiles.get(`${level}/${index}`)?.hashes);
    });
    await counting.consistencyProof(total - 40, total);
    expect(read).toEqual([]);
    await counting.inclusionProof(5, total);
    await counting.inclusionProof(6, total);
    expect(read.toSorted()).toEqual(['0/0', '1/0']);
  });

  it.each([
    [5, 5],
    [-1, 5],
    [0, total + 1],
    [0.5, 5],
  ])('refuses leaf %d of %d', async (index, size) => {
    await expect(hashesOf(whole).inclusionProof(index, size)).rejects.toMatchObject({ code: 'range_invalid' });
  });
});
