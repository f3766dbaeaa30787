import { hashLength, hashOfNode, same, sha256, splitOf } from './hash.ts';

/** Entry `index` with this leaf hash stands in the tree of `size` with `root`. */
export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly root: Uint8Array;
}

/** The tree of `newSize` with `newRoot` begins with that of `oldSize` with `oldRoot`. */
export interface Growth {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly newSize: number;
  readonly newRoot: Uint8Array;
}

/** Takes the hashes of a proof from its end, where RFC 6962 puts the sibling nearest the root. */
class ProofEnd {
  readonly #hashes: Uint8Array[];
  short = false;

  constructor(hashes: readonly Uint8Array[]) {
    this.#hashes = [...hashes];
  }

  take(): Uint8Array {
    const hash = this.#hashes.pop();
    if (hash === undefined) this.short = true;
    return hash ?? new Uint8Array(hashLength);
  }

  get usedUp(): boolean {
    return !this.short && this.#hashes.length === 0;
  }
}

/** Whether the hashes (leaf's sibling first) prove the inclusion: PATH of RFC 6962 §2.1.1, followed from the root down. */
export function provesInclusion({ index, size, leaf, root }: Inclusion, proof: readonly Uint8Array[]): boolean {
  if (!areSizes(index, size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  const end = new ProofEnd(proof);
  const rootOf = (at: number, count: number): Uint8Array => {
    if (count === 1) return leaf;
    const left = splitOf(count);
    const sibling = end.take();
    return at < left ? hashOfNode(rootOf(at, left), sibling) : hashOfNode(sibling, rootOf(at - left, count - left));
  };
  return same(rootOf(index, size), root) && end.usedUp;
}

/** Whether the hashes prove the growth: SUBPROOF of RFC 6962 §2.1.2, followed from the root down. */
export function provesGrowth({ oldSize, oldRoot, newSize, newRoot }: Growth, proof: readonly Uint8Array[]): boolean {
  if (!areSizes(oldSize, newSize) || oldSize > newSize || !areHashes([oldRoot, newRoot, ...proof])) return false;
  const empty = sha256('');
  if (newSize === 0 && !same(newRoot, empty)) return false;
  if (oldSize === 0) return proof.length === 0 && same(oldRoot, empty);
  const end = new ProofEnd(proof);
  // The old tree's own root is not part of a proof as long as the way down never turned right.
  const rootsOf = (old: number, count: number, onlyLeft: boolean): readonly [Uint8Array, Uint8Array] => {
    if (old === count) {
      const hash = onlyLeft ? oldRoot : end.take();
      return [hash, hash];
    }
    const left = splitOf(count);
    const sibling = end.take();
    if (old <= left) {
      const [before, after] = rootsOf(old, left, onlyLeft);
      return [before, hashOfNode(after, sibling)];
    }
    const [before, after] = rootsOf(old - left, count - left, false);
    return [hashOfNode(sibling, before), hashOfNode(sibling, after)];
  };
  const [before, after] = rootsOf(oldSize, newSize, true);
  return same(before, oldRoot) && same(after, newRoot) && end.usedUp;
}

function areSizes(...values: readonly number[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && value >= 0);
}

function areHashes(values: readonly Uint8Array[]): boolean {
  return values.every((value) => value.length === hashLength);
}
