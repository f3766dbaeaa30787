import type { StoredField } from '../leaf/check-disclosures.ts';

/** An entry as it is stored. */
export interface StoredEntry {
  readonly index: number;
  readonly body: Uint8Array;
  /** Values of the derived columns in their order, where there are any; what follows them is not looked at. */
  readonly columns?: readonly unknown[];
}

/** The 256 entries (fewer at the end of the log) under one tile of leaf hashes, as stored. */
export interface Block {
  /** Block 0 has the entries 0 to 255. */
  readonly number: number;
  /** How many entries there must be. */
  readonly width: number;
  /** Ascending by index; undefined when entries may not be read. */
  readonly entries: readonly StoredEntry[] | undefined;
  /** Leaf hashes as stored, concatenated; undefined when there are none. */
  readonly leafHashes: Uint8Array | undefined;
  /** Personal fields by index; undefined where a source has none. */
  readonly fields: ReadonlyMap<number, readonly StoredField[]> | undefined;
}

/** Reads the blocks of a log. */
export abstract class BlockReader {
  abstract read(number: number, width: number): Block | Promise<Block>;
}
