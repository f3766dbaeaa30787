import { StoreError } from './store-error.ts';

const hashBytes = 32;

/** The right edge as one value: for each level a byte with the number of hashes (0..255), then the hashes. */
export function encodeEdge(edge: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(edge.reduce((length, level) => length + 1 + level.length, 0));
  let at = 0;
  for (const level of edge) {
    const count = level.length / hashBytes;
    if (!Number.isInteger(count) || count > 255) throw new TypeError('An edge level holds 0 to 255 hashes of 32 bytes');
    bytes[at] = count;
    bytes.set(level, at + 1);
    at += 1 + level.length;
  }
  return bytes;
}

/** The inverse of {@link encodeEdge}; {@link StoreError} `store_corrupt` when the bytes are not its work. */
export function decodeEdge(bytes: Uint8Array): Uint8Array[] {
  const edge: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + (bytes[at] ?? 0) * hashBytes;
    if (end > bytes.length) throw new StoreError('store_corrupt', 'right edge');
    edge.push(bytes.slice(at + 1, end));
    at = end;
  }
  return edge;
}
