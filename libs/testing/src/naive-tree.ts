import { createHash } from 'node:crypto';
import type { FullTile } from '#audit';

/**
 * The Merkle tree of RFC 6962 §2.1 as it is written there, slow and plain. It shares nothing with libs/tlog, so that
 * a test does not repeat its mistakes.
 */
const tileWidth = 256;

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** Hash of one leaf: SHA-256(0x00 || body). */
export function leafHash(body: Uint8Array): Uint8Array {
  return sha256(Uint8Array.of(0), body);
}

/** Root over leaf hashes, split at the largest power of two below their number. */
export function treeRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes;
  if (first === undefined) return sha256();
  if (hashes.length === 1) return first;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha256(Uint8Array.of(1), treeRoot(hashes.slice(0, split)), treeRoot(hashes.slice(split)));
}

/** The full tiles and the right edge of the tree over these leaf hashes, as in C2SP tlog-tiles. */
export function tilesOf(leafHashes: readonly Uint8Array[]): { tiles: FullTile[]; edge: Uint8Array[] } {
  const tiles: FullTile[] = [];
  const edge: Uint8Array[] = [];
  let hashes = leafHashes;
  for (let level = 0; hashes.length > 0; level++) {
    const above: Uint8Array[] = [];
    for (let index = 0; (index + 1) * tileWidth <= hashes.length; index++) {
      const tile = hashes.slice(index * tileWidth, (index + 1) * tileWidth);
      tiles.push({ level, index, hashes: joined(tile) });
      above.push(treeRoot(tile));
    }
    edge.push(joined(hashes.slice(tiles.filter((tile) => tile.level === level).length * tileWidth)));
    hashes = above;
  }
  return { tiles, edge };
}

function joined(hashes: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(hashes));
}
