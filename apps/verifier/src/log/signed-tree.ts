import { hashIn, same } from '../tree/hash.ts';
import { countAt, edgeRoot, levelCount, tileLength, tileRoot, tileWidth } from '../tree/tiles.ts';
import type { DerivedTree } from './derived-tree.ts';
import type { StoredTree } from './stored-tree.ts';

/** How the signed root was reached. */
export type Reached =
  /** The entries lead to it. */
  | 'derived'
  /** The entries do not, but the stored right edge does: what was changed lies below it. */
  | 'edge'
  /** Neither does. */
  | 'nothing';

/**
 * Those hashes of the tree that the signed root vouches for. When entries were changed it is found from the root down,
 * through the stored or derived tiles that still fit, so that the blame falls on what was changed and not on what
 * follows from it.
 */
export class SignedTree {
  readonly reached: Reached;
  /** Entries, from first to last, below a tile that was changed together with them. */
  readonly forged: (readonly [first: number, last: number])[] = [];
  readonly #derived: DerivedTree;
  readonly #levels: (readonly (Uint8Array | undefined)[])[] = [];

  constructor(derived: DerivedTree, stored: StoredTree, root: Uint8Array) {
    this.#derived = derived;
    const edgeLeads = same(edgeRoot(stored.edge), root);
    this.reached = same(derived.rootAt(derived.size), root) ? 'derived' : edgeLeads ? 'edge' : 'nothing';
    if (this.reached !== 'edge') return;
    for (let level = levelCount(derived.size) - 1; level >= 1; level -= 1)
      this.#levels[level] = this.#open(level, stored);
  }

  /** A hash of level 1 or higher; undefined when the root does not vouch for any. */
  hashAt(level: number, at: number): Uint8Array | undefined {
    return this.reached === 'derived' ? this.#derived.hashAt(level, at) : this.#levels[level]?.[at];
  }

  #open(level: number, stored: StoredTree): readonly (Uint8Array | undefined)[] {
    const count = countAt(level, this.#derived.size);
    const tiles = Array.from({ length: Math.floor(count / tileWidth) }, (_, at) => {
      const above = this.hashAt(level + 1, at);
      const candidates = [stored.tile(level, at), this.#derived.tileAt(level, at)];
      const vouchedFor = candidates.find((tile) => tile?.length === tileLength && same(tileRoot(tile), above));
      const span = tileWidth ** (level + 1);
      if (above !== undefined && vouchedFor === undefined) this.forged.push([at * span, (at + 1) * span - 1]);
      return vouchedFor;
    });
    return Array.from({ length: count }, (_, at) => {
      const tile = Math.floor(at / tileWidth);
      const bytes = tile < tiles.length ? tiles[tile] : stored.edge[level];
      return bytes && hashIn(bytes, at % tileWidth);
    });
  }
}
