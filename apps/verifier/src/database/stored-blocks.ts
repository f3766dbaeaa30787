import { columnNames } from '../leaf/derived-columns.ts';
import type { StoredField } from '../leaf/check-disclosures.ts';
import type { DisclosureKeys } from '../leaf/disclosure-keys.ts';
import { type Block, BlockReader, type StoredEntry } from '../log/block.ts';
import { tileWidth } from '../tree/tiles.ts';
import { asBytes, asNumber } from './column-value.ts';
import type { RowSource } from './row-source.ts';
import { addField, fieldColumns, openFieldColumns } from './stored-field.ts';

const range = 'where log_id = $1 and idx >= $2 and idx < $3 order by idx';
/** The columns stand first, so that a row serves as the list of their values. */
const entriesOf = `select ${columnNames.join(', ')}, idx, body from audit_leaf ${range}`;
const [idxAt, bodyAt] = [columnNames.length, columnNames.length + 1];
const fieldsOf = (columns: string) => `select ${columns} from audit_private ${range}, position`;
const tileOf = 'select hashes from audit_tile where log_id = $1 and level = 0 and idx = $2';

/** A log in a database. */
export interface StoredLog {
  readonly logId: number;
  /** Stored leaf hashes of the last block, which has no tile. */
  readonly lastHashes: Uint8Array | undefined;
}

/** Reads the blocks of a log in a database. */
export class StoredBlocks extends BlockReader {
  readonly #rows: RowSource;
  readonly #log: StoredLog;
  readonly #keys: DisclosureKeys | undefined;

  /** Without `keys` sealed fields stay sealed. */
  constructor(rows: RowSource, log: StoredLog, keys: DisclosureKeys | undefined) {
    super();
    this.#rows = rows;
    this.#log = log;
    this.#keys = keys;
  }

  override async read(number: number, width: number): Promise<Block> {
    const from = number * tileWidth;
    const { logId } = this.#log;
    const rows = await this.#rows.rows(entriesOf, logId, from, from + width);
    const entries = rows.map((row): StoredEntry => {
      return { index: asNumber(row[idxAt]), body: asBytes(row[bodyAt]) ?? new Uint8Array(), columns: row };
    });
    const fields = new Map<number, StoredField[]>();
    const fieldRows = fieldsOf(this.#keys === undefined ? openFieldColumns : fieldColumns);
    for (const row of await this.#rows.rows(fieldRows, logId, from, from + width)) {
      addField(fields, row, this.#keys);
    }
    return { number, width, entries, leafHashes: await this.#leafHashes(number, width), fields };
  }

  async #leafHashes(number: number, width: number): Promise<Uint8Array | undefined> {
    if (width < tileWidth) return this.#log.lastHashes;
    const [[hashes] = []] = await this.#rows.rows(tileOf, this.#log.logId, number);
    return asBytes(hashes);
  }
}
