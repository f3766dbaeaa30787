import { hashLength } from '../tree/hash.ts';

/** Takes the edge of a head row apart: per level a byte with the number of hashes, then the hashes. */
export function readEdge(bytes: Uint8Array): Uint8Array[] | undefined {
  const levels: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + (bytes[at] ?? 0) * hashLength;
    if (end > bytes.length) return undefined;
    levels.push(bytes.slice(at + 1, end));
    at = end;
  }
  return levels;
}
