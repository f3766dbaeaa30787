import { hashLength, hashesIn, sha256, treeRoot, writeNodeHash } from './hash.ts';

/** Hashes in a full tile. */
export const tileWidth = 256;
/** Bytes of a full tile. */
export const tileLength = tileWidth * hashLength;

/** How many hashes a level of the tile tree has, over a log of `size` entries. */
export function countAt(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** Tile levels of a log of `size` entries; the last has fewer than 256 hashes. */
export function levelCount(size: number): number {
  let levels = 0;
  while (countAt(levels, size) > 0) levels += 1;
  return levels;
}

/** Root of a full tile. */
export function tileRoot(tile: Uint8Array): Uint8Array {
  const row = Buffer.from(tile);
  // Each level is written over the one below, whose hashes were read before.
  for (let length = row.length / 2; length >= hashLength; length /= 2) {
    for (let at = 0; at < length; at += hashLength) {
      writeNodeHash(row.subarray(2 * at, 2 * (at + hashLength)), row, at);
    }
  }
  return row.subarray(0, hashLength);
}

/**
 * Root of a log from its right edge: per level the hashes that fill no tile. What lies right of a level's hashes is
 * smaller than one of them, so it stands as one more element where RFC 6962 splits.
 */
export function edgeRoot(edge: readonly Uint8Array[]): Uint8Array {
  let right: Uint8Array | undefined;
  for (const level of edge) {
    const elements = [...hashesIn(level), ...(right === undefined ? [] : [right])];
    if (elements.length > 0) right = treeRoot(elements);
  }
  return right ?? sha256('');
}
