import { hashBytes } from './merkle-hash.ts';
import { TlogError } from './tlog-error.ts';

/** Tree levels that one tile spans. */
export const tileHeight = 8;
/** Hashes in a full tile. */
export const tileWidth = 256;
/** Bytes of a full tile. */
export const tileBytes = tileWidth * hashBytes;

/** A full tile: 256 hashes, each the root of a full tile one level below (of an entry at level 0). */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly hashes: Uint8Array;
}

/** What a tile path names. Without `width`: the full tile. */
export interface TileName {
  readonly kind: 'hashes' | 'entries';
  /** 0 for entries. */
  readonly level: number;
  readonly index: number;
  readonly width?: number;
}

/** Number of hashes at a tile level of a tree with `size` entries. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/**
 * Path of a tile under the log's prefix, such as `tile/0/x001/234.p/12`.
 * @see https://c2sp.org/tlog-tiles
 */
export function tilePath({ kind, level, index, width }: TileName): string {
  const groups = [];
  for (let rest = index; rest > 0 || groups.length === 0; rest = Math.floor(rest / 1000)) {
    groups.unshift((groups.length === 0 ? '' : 'x') + String(rest % 1000).padStart(3, '0'));
  }
  const partial = width === undefined ? '' : `.p/${width}`;
  return `tile/${kind === 'entries' ? 'entries' : level}/${groups.join('/')}${partial}`;
}

// A first group x000 would give one tile two paths.
const tilePattern =
  /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?!x000\/)(?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?$/;

/** The inverse of {@link tilePath}; undefined for any text that it does not make. */
export function parseTilePath(path: string): TileName | undefined {
  const match = tilePattern.exec(path);
  if (match === null) return undefined;
  const [, kind, groups = '', width] = match;
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  if (!Number.isSafeInteger(index)) return undefined;
  return {
    kind: kind === 'entries' ? 'entries' : 'hashes',
    level: kind === 'entries' ? 0 : Number(kind),
    index,
    ...(width !== undefined && { width: Number(width) }),
  };
}

/** An entry bundle: each entry behind its length as a big-endian uint16. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = Buffer.allocUnsafe(entries.reduce((total, entry) => total + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > 0xffff) throw new TlogError('range_invalid', 'An entry is longer than 65535 bytes');
    at = bundle.writeUInt16BE(entry.length, at);
    bundle.set(entry, at);
    at += entry.length;
  }
  return bundle;
}
