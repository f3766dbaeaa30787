import { hashIn, hashLength } from '../tree/hash.ts';
import { countAt, edgeRoot, levelCount, tileLength, tileRoot, tileWidth } from '../tree/tiles.ts';
import type { ScannedBlock } from './block-findings.ts';

/** The tile tree that follows from the entries: everything above the leaf hashes. */
export class DerivedTree {
  /** Per level from 1 up: all its hashes, concatenated. Level 0 is left to the blocks. */
  readonly #levels: readonly Uint8Array[];
  readonly #blocks: ReadonlyMap<number, ScannedBlock>;

  /** `roots`: those of all full blocks; `blocks`: at least those that are cut by a size that will be asked for. */
  constructor(
    readonly size: number,
    roots: Uint8Array,
    blocks: ReadonlyMap<number, ScannedBlock>,
  ) {
    const levels = [new Uint8Array(), roots];
    for (let level = 1; level < levelCount(size) - 1; level += 1) {
      const tiles = Array.from({ length: countAt(level + 1, size) }, (_, at) => tileRoot(tileOf(levels[level], at)));
      levels.push(Buffer.concat(tiles));
    }
    this.#levels = levels;
    this.#blocks = blocks;
  }

  /** The hash of a full tile one level below, from level 1 up. */
  hashAt(level: number, at: number): Uint8Array {
    return hashIn(this.#levels[level] ?? new Uint8Array(), at);
  }

  /** A full tile, from level 1 up. */
  tileAt(level: number, at: number): Uint8Array {
    return tileOf(this.#levels[level], at);
  }

  /** Right edge when the log had `size` entries. */
  edgeAt(size: number): Uint8Array[] {
    return Array.from({ length: levelCount(size) }, (_, level) => {
      const count = countAt(level, size);
      const full = count - (count % tileWidth);
      if (level > 0) return (this.#levels[level] ?? new Uint8Array()).subarray(full * hashLength, count * hashLength);
      const block = this.#blocks.get(full / tileWidth);
      return block?.derived.subarray(0, (count - full) * hashLength) ?? new Uint8Array();
    });
  }

  rootAt(size: number): Uint8Array {
    return edgeRoot(this.edgeAt(size));
  }
}

function tileOf(level: Uint8Array | undefined, at: number): Uint8Array {
  return (level ?? new Uint8Array()).subarray(at * tileLength, (at + 1) * tileLength);
}
