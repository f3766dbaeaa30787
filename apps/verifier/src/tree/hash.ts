import { hash } from 'node:crypto';

/** Bytes of SHA-256. */
export const hashLength = 32;

export function sha256(bytes: Uint8Array | string): Buffer {
  return hash('sha256', bytes, 'buffer');
}

// Short entries are the rule; a buffer that is used again spares an allocation per entry.
const scratch = Buffer.alloc(1 + 65_535);

/** RFC 6962 §2.1: SHA-256(0x00 || entry). */
export function hashOfLeaf(entry: Uint8Array): Buffer {
  if (entry.length >= scratch.length) return sha256(Buffer.concat([Buffer.of(0), entry]));
  scratch[0] = 0;
  scratch.set(entry, 1);
  return sha256(scratch.subarray(0, entry.length + 1));
}

/** RFC 6962 §2.1: SHA-256(0x01 || left || right). */
export function hashOfNode(left: Uint8Array, right: Uint8Array): Buffer {
  scratch[0] = 1;
  scratch.set(left, 1);
  scratch.set(right, 1 + hashLength);
  return sha256(scratch.subarray(0, 1 + 2 * hashLength));
}

/** The largest power of two smaller than `count`, which is at least 2: where RFC 6962 splits a tree. */
export function splitOf(count: number): number {
  let power = 1;
  while (2 * power < count) power *= 2;
  return power;
}

/** Root of the tree over these hashes, as RFC 6962 §2.1 defines it; SHA-256 of nothing when there are none. */
export function treeRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const of = (from: number, to: number): Uint8Array => {
    if (to - from === 1) return hashes[from] as Uint8Array;
    const middle = from + splitOf(to - from);
    return hashOfNode(of(from, middle), of(middle, to));
  };
  return hashes.length === 0 ? sha256('') : of(0, hashes.length);
}

/** Concatenated hashes one by one. */
export function hashesIn(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length / hashLength }, (_, at) => hashIn(bytes, at));
}

/** Hash number `at` of concatenated hashes. */
export function hashIn(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.subarray(at * hashLength, (at + 1) * hashLength);
}

export function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one !== undefined && other !== undefined && Buffer.compare(one, other) === 0;
}
