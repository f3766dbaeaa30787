/** The tile tree as a source keeps it, above the leaf hashes. */
export interface StoredTree {
  /** A full tile of level 1 or higher. */
  readonly tile: (level: number, at: number) => Uint8Array | undefined;
  /** Per level the hashes that fill no tile. */
  readonly edge: readonly Uint8Array[];
}
