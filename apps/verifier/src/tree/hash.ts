import { hash } from 'node:crypto';

/** Bytes of SHA-256. */
export const hashLength = 32;

export function sha256(bytes: Uint8Array | string): Buffer {
  return hash('sha256', bytes, 'buffer');
}

// Hashing is most of the work on a long log. Buffers that are used again spare an allocation per hash, and node:crypto
// makes a short string for half of what a Buffer costs.
const longestEntry = 65_535;
const leafInput = Buffer.alloc(1 + longestEntry);
const nodeInput = Buffer.alloc(1 + 2 * hashLength, 1);

/** Writes SHA-256(0x00 || entry), the leaf hash of RFC 6962 §2.1, into `out` from byte `at` on. */
export function writeLeafHash(entry: Uint8Array, out: Buffer, at: number): void {
  let input: Uint8Array;
  if (entry.length > longestEntry) input = Buffer.concat([Buffer.of(0), entry]);
  else {
    leafInput.set(entry, 1);
    input = leafInput.subarray(0, 1 + entry.length);
  }
  out.write(hash('sha256', input, 'binary'), at, hashLength, 'latin1');
}

/** Writes SHA-256(0x01 || pair), the node hash of RFC 6962 §2.1 over two hashes of 32 bytes, into `out` from `at` on. */
export function writeNodeHash(pair: Uint8Array, out: Buffer, at: number): void {
  nodeInput.set(pair, 1);
  out.write(hash('sha256', nodeInput, 'binary'), at, hashLength, 'latin1');
}

/** RFC 6962 §2.1: SHA-256(0x00 || entry). */
export function hashOfLeaf(entry: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(hashLength);
  writeLeafHash(entry, out, 0);
  return out;
}

/** RFC 6962 §2.1: SHA-256(0x01 || left || right). */
export function hashOfNode(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.of(1), left, right]));
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
