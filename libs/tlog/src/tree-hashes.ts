import { hashBytes, joinRoots, perfectRoot } from './merkle-hash.ts';
import { assertOrder, consistencyRanges, inclusionRanges, type LeafRange } from './proof-range.ts';
import type { RightEdge } from './right-edge.ts';
import { hashesAtLevel, tileBytes, tileHeight, tileWidth } from './tile.ts';
import { TlogError } from './tlog-error.ts';

/** Reads the 256 hashes of a full tile; undefined when the store has none. */
export type ReadTile = (level: number, index: number) => Promise<Uint8Array | undefined>;

/**
 * Roots and proofs of a tree and of every smaller tree that it grew from, read from full tiles and the right edge.
 * What the tiles hold is not verified here: a proof from wrong tiles is a proof that does not verify. Whatever is read
 * or derived is remembered: one of these is for a few proofs, not for the lifetime of a log.
 */
export class TreeHashes {
  readonly #edge: RightEdge;
  readonly #readTile: ReadTile;
  readonly #tiles = new Map<string, Promise<Uint8Array>>();
  /** Proofs of neighbours share most of their hashes. */
  readonly #roots = new Map<string, Promise<Uint8Array>>();

  constructor(edge: RightEdge, readTile: ReadTile) {
    this.#edge = edge;
    this.#readTile = readTile;
  }

  /** Root of the tree of the first `size` leaves. */
  async rootAt(size: number): Promise<Uint8Array> {
    assertOrder(size, this.#edge.size);
    return this.#rootOf({ from: 0, to: size });
  }

  /** Hash of the leaf. */
  async leafAt(index: number): Promise<Uint8Array> {
    assertOrder(0, index, index + 1, this.#edge.size);
    return this.#rootOf({ from: index, to: index + 1 });
  }

  /** Inclusion proof of leaf `index` in the tree of the first `size` leaves, from the leaf up; RFC 9162 §2.1.3. */
  async inclusionProof(index: number, size: number): Promise<Uint8Array[]> {
    assertOrder(index + 1, size, this.#edge.size);
    return Promise.all(inclusionRanges(index, size).map((range) => this.#rootOf(range)));
  }

  /** Proof that the first `size` leaves begin with the first `oldSize`; empty for 0 and for equal sizes; RFC 9162 §2.1.4. */
  async consistencyProof(oldSize: number, size: number): Promise<Uint8Array[]> {
    assertOrder(oldSize, size, this.#edge.size);
    return Promise.all(consistencyRanges(oldSize, size).map((range) => this.#rootOf(range)));
  }

  /** The first `width` hashes of a tile; `range_invalid` when the tree has not so many there. */
  async tile(level: number, index: number, width: number): Promise<Uint8Array> {
    assertOrder(1, width, tileWidth);
    assertOrder(0, index, index * tileWidth + width, hashesAtLevel(this.#edge.size, level));
    return (await this.#tile(level, index)).subarray(0, width * hashBytes);
  }

  /** A range of a proof begins where its first perfect tree may begin, so it splits into ever smaller ones. */
  async #rootOf({ from, to }: LeafRange): Promise<Uint8Array> {
    const roots: Promise<Uint8Array>[] = [];
    for (let first = from; first < to;) {
      let height = 0;
      while (first % 2 ** (height + 1) === 0 && first + 2 ** (height + 1) <= to) height += 1;
      roots.push(this.#perfect(first, height));
      first += 2 ** height;
    }
    return joinRoots(await Promise.all(roots));
  }

  /** Root of the perfect tree of `height` whose first leaf is `first`. */
  #perfect(first: number, height: number): Promise<Uint8Array> {
    return remembered(this.#roots, `${height}/${first}`, () => this.#derive(first, height));
  }

  async #derive(first: number, height: number): Promise<Uint8Array> {
    const level = Math.floor(height / tileHeight);
    const at = first / tileWidth ** level;
    const tile = await this.#tile(level, Math.floor(at / tileWidth));
    return perfectRoot(tile, at % tileWidth, 2 ** (height % tileHeight));
  }

  #tile(level: number, index: number): Promise<Uint8Array> {
    return remembered(this.#tiles, `${level}/${index}`, () => this.#load(level, index));
  }

  async #load(level: number, index: number): Promise<Uint8Array> {
    const isFull = (index + 1) * tileWidth <= hashesAtLevel(this.#edge.size, level);
    const tile = isFull ? await this.#readTile(level, index) : this.#edge.levels[level];
    if (tile === undefined) throw new TlogError('tile_missing', `Tile ${level}/${index} is missing`);
    if (isFull && tile.length !== tileBytes) {
      throw new TlogError('tile_invalid', `Tile ${level}/${index} has ${tile.length} bytes`);
    }
    return tile;
  }
}

function remembered(
  known: Map<string, Promise<Uint8Array>>,
  key: string,
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
