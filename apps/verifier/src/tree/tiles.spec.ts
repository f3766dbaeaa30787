import fc from 'fast-check';
import { hashOfLeaf, hashOfNode, treeRoot } from './hash.ts';
import { countAt, edgeRoot, levelCount, tileRoot, tileWidth } from './tiles.ts';

const leaves = Array.from({ length: 600 }, (_, at) => hashOfLeaf(Buffer.of(at >> 8, at & 255)));

/** Right edge of the log of the first leaves, made by hand. */
function edgeOf(size: number): Uint8Array[] {
  const full = Math.floor(size / tileWidth);
  const roots = Array.from({ length: full }, (_, at) =>
    tileRoot(Buffer.concat(leaves.slice(at * 256, at * 256 + 256))),
  );
  return [Buffer.concat(leaves.slice(full * tileWidth, size)), Buffer.concat(roots)];
}

describe('tile arithmetic', () => {
  it('counts the hashes of each level', () => {
    expect([0, 1, 2].map((level) => countAt(level, 65_536 + 300))).toEqual([65_836, 257, 1]);
    expect([0, 1, 255, 256, 65_535, 65_536].map(levelCount)).toEqual([0, 1, 1, 2, 2, 3]);
  });

  it('has no more levels than needed, and each a hash', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (size) => {
        const levels = levelCount(size);
        expect(countAt(levels, size)).toBe(0);
        if (levels > 0) expect(countAt(levels - 1, size)).toBeGreaterThan(0);
        if (levels > 0) expect(countAt(levels - 1, size)).toBeLessThan(tileWidth);
      }),
    );
  });

  it('gives a full tile the root of its hashes', () => {
    const tile = leaves.slice(0, tileWidth);
    expect(tileRoot(Buffer.concat(tile))).toEqual(Buffer.from(treeRoot(tile)));
  });

  it('leaves the tile as it was', () => {
    const tile = Buffer.concat(leaves.slice(0, tileWidth));
    const before = Buffer.from(tile);
    tileRoot(tile);
    expect(tile.equals(before)).toBe(true);
  });

  it('leads from the right edge to the root that the leaves have', () => {
    fc.assert(
      fc.property(fc.nat(leaves.length), (size) => {
        expect(Buffer.from(edgeRoot(edgeOf(size)))).toEqual(Buffer.from(treeRoot(leaves.slice(0, size))));
      }),
      { numRuns: 60, examples: [[0], [1], [255], [256], [257], [512], [600]] },
    );
  });
});

describe('hashes of RFC 6962', () => {
  it('are those of the known answers', () => {
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    expect(hex(treeRoot([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(hashOfLeaf(new Uint8Array()))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(hex(hashOfLeaf(Buffer.from('L123456')))).toBe(
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    );
    expect(hex(hashOfNode(Buffer.from('N123'), Buffer.from('N456')))).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    );
  });

  it('do not depend on the entry before, nor end at the longest one of a tile', () => {
    const long = Buffer.alloc(70_000, 1);
    const alone = hashOfLeaf(long);
    hashOfLeaf(Buffer.alloc(65_535, 2));
    expect(hashOfLeaf(long)).toEqual(alone);
    expect(hashOfLeaf(Buffer.alloc(65_535, 1))).not.toEqual(hashOfLeaf(Buffer.alloc(65_536, 1)));
  });
});
