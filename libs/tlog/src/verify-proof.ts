import { emptyRoot, equalHashes, hashBytes, nodeHash } from './merkle-hash.ts';

/** What an inclusion proof claims: the entry with that hash stands at `index` of the tree of `size` with `root`. */
export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
}

/** What a consistency proof claims: the tree of `size` with `root` begins with that of `oldSize` with `oldRoot`. */
export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly size: number;
  readonly oldRoot: Uint8Array;
  readonly root: Uint8Array;
}

/** Whether the proof proves the claim: RFC 9162 §2.1.3.2, with arithmetic in place of shifts, which wrap at 2^31. */
export function verifyInclusion(claim: InclusionClaim, proof: readonly Uint8Array[]): boolean {
  const { index, size, leafHash, root } = claim;
  if (!areSizes(index, size) || index >= size || !areHashes(leafHash, root, ...proof)) return false;
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalHashes(hash, root);
}

/**
 * Whether the proof proves the claim: RFC 9162 §2.1.4.2. A tree without entries has the root SHA-256("") and is the
 * beginning of every tree, with an empty proof; equal sizes need equal roots and an empty proof.
 */
export function verifyConsistency(claim: ConsistencyClaim, proof: readonly Uint8Array[]): boolean {
  const { oldSize, size, oldRoot, root } = claim;
  if (!areSizes(oldSize, size) || oldSize > size || !areHashes(oldRoot, root, ...proof)) return false;
  if (size === 0 && !equalHashes(root, emptyRoot())) return false;
  if (oldSize === 0) return proof.length === 0 && equalHashes(oldRoot, emptyRoot());
  if (oldSize === size) return proof.length === 0 && equalHashes(oldRoot, root);
  let node = oldSize - 1;
  let last = size - 1;
  while (isOdd(node)) {
    node = (node - 1) / 2;
    last = Math.floor(last / 2);
  }
  // When the old tree is perfect, `node` is now 0 and the proof starts from its root, which it leaves out.
  const [start, ...path] = node === 0 ? [oldRoot, ...proof] : proof;
  if (start === undefined) return false;
  let oldHash = start;
  let newHash = start;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (!isOdd(node) && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalHashes(oldHash, oldRoot) && equalHashes(newHash, root);
}

function isOdd(value: number): boolean {
  return value % 2 === 1;
}

function areSizes(...values: readonly number[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && value >= 0);
}

function areHashes(...values: readonly Uint8Array[]): boolean {
  return values.every((value) => value.length === hashBytes);
}
