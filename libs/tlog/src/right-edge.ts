import { equalHashes, hashBytes, joinRoots, nodeHash, perfectRoot } from './merkle-hash.ts';
import { type Tile, hashesAtLevel, tileHeight, tileWidth } from './tile.ts';
import { TlogError } from './tlog-error.ts';

/** A tree after new leaves, and the tiles that they filled. */
export interface Growth {
  readonly edge: RightEdge;
  readonly tiles: readonly Tile[];
}

/**
 * All that is needed of a tree to append to it and to tell its root: per tile level the hashes that do not fill a tile
 * yet. Immutable, so that an append whose transaction fails leaves no trace.
 */
export class RightEdge {
  static readonly empty = new RightEdge(0, [], []);

  /** Roots of the perfect trees that the leaves form, largest first: appending costs one hash per leaf, not a tile. */
  readonly #peaks: readonly Uint8Array[];
  #root: Uint8Array | undefined;

  private constructor(
    /** Number of leaves. */
    readonly size: number,
    /** Concatenated hashes, one value per level; empty where the last tile is full. */
    readonly levels: readonly Uint8Array[],
    peaks: readonly Uint8Array[],
  ) {
    this.#peaks = peaks;
  }

  /** The edge of a stored tree; `edge_invalid` when the levels do not belong to that size. The root is not checked. */
  static of(size: number, levels: readonly Uint8Array[]): RightEdge {
    if (!Number.isSafeInteger(size) || size < 0) throw new TlogError('edge_invalid', 'The size is not a size');
    if (levels.length !== levelsOf(size)) throw new TlogError('edge_invalid', `The edge has ${levels.length} levels`);
    const peaks: Uint8Array[] = [];
    for (let level = levels.length - 1; level >= 0; level -= 1) {
      const hashes = levels[level] ?? new Uint8Array();
      const width = hashesAtLevel(size, level) % tileWidth;
      if (hashes.length !== width * hashBytes) {
        throw new TlogError('edge_invalid', `Level ${level} has ${hashes.length} bytes, not ${width} hashes`);
      }
      peaks.push(...peaksOf(hashes, width));
    }
    return new RightEdge(size, [...levels], peaks);
  }

  /** The tree with more leaves, given by their hashes in order. */
  append(leafHashes: readonly Uint8Array[]): Growth {
    const peaks = [...this.#peaks];
    const levels = this.levels.map((hashes) => [hashes]);
    const tiles: Tile[] = [];
    let size = this.size;
    for (const leaf of leafHashes) {
      addTo(levels, 0, leaf);
      let root = leaf;
      let height = 0;
      // Each trailing one bit of the size is a perfect tree that the new one doubles.
      for (let left = size; left % 2 === 1; left = (left - 1) / 2) {
        root = nodeHash(peaks.pop() as Uint8Array, root);
        height += 1;
        if (height % tileHeight === 0) {
          const level = height / tileHeight - 1;
          tiles.push({ level, index: hashesAtLevel(size, level + 1), hashes: Buffer.concat(levels[level] ?? []) });
          levels[level] = [];
          addTo(levels, level + 1, root);
        }
      }
      peaks.push(root);
      size += 1;
    }
    return { edge: new RightEdge(size, levels.map(joined), peaks), tiles };
  }

  /**
   * The tree of the larger `size` when its new leaves still stand in the same level 0 tile, so that its edge alone
   * shows that it extends this one; undefined when tiles would be needed or when it does not extend it.
   */
  extendedTo(size: number, levels: readonly Uint8Array[], root: Uint8Array): RightEdge | undefined {
    if (size < this.size || hashesAtLevel(size, 1) !== hashesAtLevel(this.size, 1)) return undefined;
    const added: Uint8Array[] = [];
    for (let index = this.size % tileWidth; index < size % tileWidth; index += 1) {
      added.push((levels[0] ?? new Uint8Array()).slice(index * hashBytes, (index + 1) * hashBytes));
    }
    if (added.some((leaf) => leaf.length !== hashBytes)) return undefined;
    const { edge } = this.append(added);
    return equalHashes(edge.root(), root) ? edge : undefined;
  }

  /** The tree's root; SHA-256 of nothing while it is empty. */
  root(): Uint8Array {
    this.#root ??= joinRoots(this.#peaks);
    return this.#root;
  }
}

function addTo(levels: Uint8Array[][], level: number, hash: Uint8Array): void {
  (levels[level] ??= []).push(hash);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

function levelsOf(size: number): number {
  let levels = 0;
  while (hashesAtLevel(size, levels) > 0) levels += 1;
  return levels;
}

function peaksOf(hashes: Uint8Array, width: number): Uint8Array[] {
  const peaks: Uint8Array[] = [];
  let first = 0;
  for (let count = tileWidth / 2; count >= 1; count /= 2) {
    if (first + count > width) continue;
    peaks.push(perfectRoot(hashes, first, count));
    first += count;
  }
  return peaks;
}
