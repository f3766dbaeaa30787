/** Entries of a bundle (https://c2sp.org/tlog-tiles): each behind its length in two bytes, big-endian. */
export interface EntryBundle {
  readonly bodies: readonly Uint8Array[];
  /** Bytes after the last whole entry, or after as many entries as were asked for. */
  readonly trailing: number;
}

/** Takes at most `width` entries from a bundle. */
export function readEntryBundle(bytes: Uint8Array, width: number): EntryBundle {
  const bodies: Uint8Array[] = [];
  let at = 0;
  while (bodies.length < width && at + 2 <= bytes.length) {
    const end = at + 2 + 256 * (bytes[at] ?? 0) + (bytes[at + 1] ?? 0);
    if (end > bytes.length) break;
    bodies.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return { bodies, trailing: bytes.length - at };
}
