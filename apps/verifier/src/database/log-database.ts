import type { DisclosureKeys } from '../leaf/disclosure-keys.ts';
import type { BlockReader } from '../log/block.ts';

/** A log's row in `audit_head`. */
export interface HeadRow {
  readonly logId: number;
  readonly origin: string;
  readonly size: number;
  /** Right edge: per level a byte with the number of hashes, then the hashes. */
  readonly edge: Uint8Array;
  readonly root: Uint8Array | undefined;
  readonly checkpoint: string | undefined;
}

export interface TileRow {
  readonly level: number;
  readonly idx: number;
  readonly hashes: Uint8Array;
}

/** Rows that a sound database does not have. */
export interface StrayRows {
  /** Indexes of entries outside the log. */
  readonly entries: readonly number[];
  /** Tiles that cannot be full yet, and their levels. */
  readonly tiles: readonly (readonly [level: number, idx: number])[];
  /** The second and further indexes of an event that is there more than once. */
  readonly repeated: readonly number[];
  /** Index of the last entry there is, -1 when there is none. */
  readonly lastIndex: number;
}

/** Reads the tables of an Interlock database as one unchanging snapshot. Nothing is ever written. */
export abstract class LogDatabase {
  abstract heads(): Promise<readonly HeadRow[]>;

  /** Full tiles of level 1 and higher. */
  abstract upperTiles(logId: number): Promise<readonly TileRow[]>;

  abstract strayRows(logId: number, size: number): Promise<StrayRows>;

  /** The keys of subjects, given the text of the disclosure key; Unreadable when it is another. */
  abstract disclosureKeys(text: string): Promise<DisclosureKeys>;

  /** `lastHashes`: stored leaf hashes of the last block, which has no tile. Without `keys` sealed fields stay sealed. */
  abstract blocks(logId: number, lastHashes: Uint8Array | undefined, keys?: DisclosureKeys): BlockReader;

  abstract close(): Promise<void>;
}
