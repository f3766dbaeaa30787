import type { Bytes } from './bytes.ts';
import { nodeHash, splitOf, type TreeHead } from './merkle.ts';
import { ProofError } from './proof-error.ts';

/** Gives the first `width` hashes of a tile, one after the other. @see https://c2sp.org/tlog-tiles */
export type TileSource = (level: number, index: number, width: number) => Promise<Bytes>;

const tileWidth = 256;
const hashLength = 32;

/**
 * The proofs of a tree, put together from its public tiles. Nothing here is trusted: a wrong tile gives a path
 * that does not lead to the root.
 */
export class TileTree {
  readonly head: TreeHead;
  readonly #source: TileSource;
  readonly #tiles = new Map<string, Promise<Bytes>>();
  readonly #nodes = new Map<string, Promise<Bytes>>();

  constructor(head: TreeHead, source: TileSource) {
    this.head = head;
    this.#source = source;
  }

  /** From the entry up, as in an inclusion proof. */
  path(index: number): Promise<readonly Bytes[]> {
    return this.#pathIn(index, 0, this.head.size);
  }

  /** That the tree begins with its first `size` entries, as in a consistency proof. */
  growth(size: number): Promise<readonly Bytes[]> {
    return this.#growthIn(size, 0, this.head.size, true);
  }

  /** `isWhole`: the first `older` entries are the whole older tree, whose root whoever checks has already. */
  async #growthIn(older: number, start: number, size: number, isWhole: boolean): Promise<readonly Bytes[]> {
    if (older === size) return isWhole ? [] : [await this.#node(start, size)];
    const split = splitOf(size);
    const [inner, sibling] = await Promise.all(
      older <= split
        ? [this.#growthIn(older, start, split, isWhole), this.#node(start + split, size - split)]
        : [this.#growthIn(older - split, start + split, size - split, false), this.#node(start, split)],
    );
    return [...inner, sibling];
  }

  async #pathIn(index: number, start: number, size: number): Promise<readonly Bytes[]> {
    if (size <= 1) return [];
    const split = splitOf(size);
    const isLeft = index - start < split;
    const [inner, sibling] = await Promise.all([
      isLeft ? this.#pathIn(index, start, split) : this.#pathIn(index, start + split, size - split),
      isLeft ? this.#node(start + split, size - split) : this.#node(start, split),
    ]);
    return [...inner, sibling];
  }

  /** Hash over `size` entries from `start` on; where it stands in a tile it is taken from there. */
  #node(start: number, size: number): Promise<Bytes> {
    const name = `${start}+${size}`;
    const known = this.#nodes.get(name) ?? this.#find(start, size);
    this.#nodes.set(name, known);
    return known;
  }

  async #find(start: number, size: number): Promise<Bytes> {
    const level = levelOf(size);
    if (level !== undefined) return this.#inTile(level, start / size);
    const split = splitOf(size);
    return nodeHash(...(await Promise.all([this.#node(start, split), this.#node(start + split, size - split)])));
  }

  async #inTile(level: number, position: number): Promise<Bytes> {
    const index = Math.floor(position / tileWidth);
    const held = Math.floor(this.head.size / tileWidth ** level);
    const width = Math.min(tileWidth, held - index * tileWidth);
    const name = `${level}/${index}`;
    const tile = this.#tiles.get(name) ?? this.#source(level, index, width);
    this.#tiles.set(name, tile);
    const bytes = await tile;
    if (bytes.length !== width * hashLength) throw new ProofError('malformed', 'A tile of the log has a wrong length.');
    const at = (position % tileWidth) * hashLength;
    return bytes.slice(at, at + hashLength);
  }
}

/** The level on which the hash over that many entries stands; undefined when it is between levels. */
function levelOf(size: number): number | undefined {
  let level = 0;
  let width = 1;
  while (width < size) {
    width *= tileWidth;
    level += 1;
  }
  return width === size ? level : undefined;
}

/** Path of a tile under /log. */
export function tilePath(level: number, index: number, width: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) ?? [];
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `/log/tile/${level}/${name}${width < tileWidth ? `.p/${width}` : ''}`;
}
