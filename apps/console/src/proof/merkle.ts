import { areEqual, type Bytes, joined } from './bytes.ts';

/** A tree of so many entries with that root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Bytes;
}

const hashLength = 32;

async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
}

/** Hash of an entry's exact bytes (RFC 6962, section 2.1). */
export function leafHash(leaf: Uint8Array): Promise<Bytes> {
  return sha256(Uint8Array.of(0), leaf);
}

/** Hash of a node over two others (RFC 6962, section 2.1). */
export function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(Uint8Array.of(1), left, right);
}

/** Whether `path` leads from the entry's hash at `index` to the root: PATH of RFC 6962, section 2.1.1, walked back. */
export async function provesInclusion(
  index: number,
  leaf: Bytes,
  { size, root }: TreeHead,
  path: readonly Bytes[],
): Promise<boolean> {
  if (!areSizes(index, size) || index >= size || [leaf, root, ...path].some(({ length }) => length !== hashLength))
    return false;
  const found = await rootAbove(index, size, leaf, path);
  return found !== undefined && areEqual(found, root);
}

async function rootAbove(index: number, size: number, leaf: Bytes, path: readonly Bytes[]): Promise<Bytes | undefined> {
  const sibling = path.at(-1);
  if (size === 1) return sibling === undefined ? leaf : undefined;
  if (sibling === undefined) return undefined;
  const split = splitOf(size);
  const rest = path.slice(0, -1);
  if (index < split) {
    const left = await rootAbove(index, split, leaf, rest);
    return left && nodeHash(left, sibling);
  }
  const right = await rootAbove(index - split, size - split, leaf, rest);
  return right && nodeHash(sibling, right);
}

/** Whether the newer tree begins with all of the older one: PROOF of RFC 6962, section 2.1.2, walked back. */
export async function provesGrowth(older: TreeHead, newer: TreeHead, proof: readonly Bytes[]): Promise<boolean> {
  const hashes = [older.root, newer.root, ...proof];
  if (
    !areSizes(older.size, newer.size) ||
    older.size > newer.size ||
    hashes.some(({ length }) => length !== hashLength)
  )
    return false;
  // A tree without entries begins every other; its only root is the hash of nothing.
  if (older.size === 0) return proof.length === 0 && areEqual(older.root, await sha256()) && isSound(newer);
  const found = await rootsAbove(older.size, newer.size, proof, older.root);
  return found !== undefined && areEqual(found.older, older.root) && areEqual(found.newer, newer.root);
}

async function isSound({ size, root }: TreeHead): Promise<boolean> {
  return size > 0 || areEqual(root, await sha256());
}

/** `whole` is the older tree's root where that tree is a whole subtree here, which a proof then leaves out. */
async function rootsAbove(
  olderSize: number,
  size: number,
  proof: readonly Bytes[],
  whole: Bytes | undefined,
): Promise<{ readonly older: Bytes; readonly newer: Bytes } | undefined> {
  const last = proof.at(-1);
  if (olderSize === size) {
    const only = whole ?? last;
    return only === undefined || proof.length !== (whole === undefined ? 1 : 0)
      ? undefined
      : { older: only, newer: only };
  }
  if (last === undefined) return undefined;
  const split = splitOf(size);
  const rest = proof.slice(0, -1);
  if (olderSize <= split) {
    const left = await rootsAbove(olderSize, split, rest, whole);
    return left && { older: left.older, newer: await nodeHash(left.newer, last) };
  }
  const right = await rootsAbove(olderSize - split, size - split, rest, undefined);
  return right && { older: await nodeHash(last, right.older), newer: await nodeHash(last, right.newer) };
}

function areSizes(...values: readonly number[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && value >= 0);
}

/** The largest power of two below a size of at least two. Bit operations would wrap at 2^31. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
