import { GrowingRoot } from './growing-root.ts';
import { hashOfLeaf, treeRoot } from './hash.ts';

describe('a root that grows', () => {
  it('is after each hash the root over all of them', () => {
    const hashes = Array.from({ length: 70 }, (_, at) => hashOfLeaf(Buffer.of(at)));
    const growing = new GrowingRoot();
    expect(growing.root()).toEqual(treeRoot([]));
    for (const [at, hash] of hashes.entries()) {
      growing.add(hash);
      expect(growing.size).toBe(at + 1);
      expect(growing.root()).toEqual(treeRoot(hashes.slice(0, at + 1)));
    }
  });
});
