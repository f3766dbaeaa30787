import { hash } from 'node:crypto';

/** Length of every hash in the log, in bytes. */
export const hashBytes = 32;

/** SHA-256 of the bytes. By way of a string, because node:crypto allocates memory of its own for each Buffer it gives. */
function sha256(bytes: Uint8Array): Uint8Array {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
}

/** Hash of an entry: SHA-256(0x00 || entry), RFC 6962 §2.1. */
export function leafHash(entry: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(entry.length + 1);
  bytes[0] = 0x00;
  bytes.set(entry, 1);
  return sha256(bytes);
}

const nodeBytes = Buffer.alloc(1 + 2 * hashBytes, 0x01);

/** Hash of an inner node: SHA-256(0x01 || left || right), RFC 6962 §2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeBytes.set(left, 1);
  nodeBytes.set(right, 1 + hashBytes);
  return sha256(nodeBytes);
}

/** Root of the tree without entries: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array());
}

/** Root of the perfect tree over `count` (a power of two) of the concatenated hashes, from hash number `first`. */
export function perfectRoot(hashes: Uint8Array, first: number, count: number): Uint8Array {
  if (count === 1) return hashes.slice(first * hashBytes, (first + 1) * hashBytes);
  const half = count / 2;
  return nodeHash(perfectRoot(hashes, first, half), perfectRoot(hashes, first + half, half));
}

/** Root over perfect trees that stand side by side, the largest first; the empty root when there are none. */
export function joinRoots(roots: readonly Uint8Array[]): Uint8Array {
  return roots.length === 0 ? emptyRoot() : roots.reduceRight((right, left) => nodeHash(left, right));
}

/** Whether two hashes are the same bytes. They are public, so the time it takes may tell where they differ. */
export function equalHashes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
