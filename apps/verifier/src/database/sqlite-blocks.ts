import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { columnNames } from '../leaf/derived-columns.ts';
import type { StoredField } from '../leaf/check-disclosures.ts';
import { type Block, BlockReader, type StoredEntry } from '../log/block.ts';
import { tileWidth } from '../tree/tiles.ts';
import { asBytes, asNumber } from './column-value.ts';
import type { DisclosureKeys } from '../leaf/disclosure-keys.ts';
import { addField, fieldColumns } from './stored-field.ts';

/** Reads the blocks of a log in a SQLite file. */
export class SqliteBlocks extends BlockReader {
  readonly #entries: StatementSync;
  readonly #tile: StatementSync;
  readonly #fields: StatementSync;
  readonly #logId: number;
  readonly #lastHashes: Uint8Array | undefined;
  readonly #keys: DisclosureKeys | undefined;

  constructor(
    database: DatabaseSync,
    logId: number,
    lastHashes: Uint8Array | undefined,
    keys: DisclosureKeys | undefined,
  ) {
    super();
    const prepared = (sql: string): StatementSync => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    const range = 'where log_id = ? and idx >= ? and idx < ? order by idx';
    this.#entries = prepared(`select idx, body, ${columnNames.join(', ')} from audit_leaf ${range}`);
    this.#tile = prepared('select hashes from audit_tile where log_id = ? and level = 0 and idx = ?');
    this.#fields = prepared(`select ${fieldColumns} from audit_private ${range}, position`);
    this.#logId = logId;
    this.#lastHashes = lastHashes;
    this.#keys = keys;
  }

  override read(number: number, width: number): Block {
    const from = number * tileWidth;
    const rows = this.#entries.all(this.#logId, from, from + width) as unknown[] as unknown[][];
    const entries = rows.map((row): StoredEntry => {
      const [idx, body, ...columns] = row;
      return { index: asNumber(idx), body: asBytes(body) ?? new Uint8Array(), columns };
    });
    const fields = new Map<number, StoredField[]>();
    for (const row of this.#fields.all(this.#logId, from, from + width) as unknown[] as unknown[][]) {
      addField(fields, row, this.#keys);
    }
    return { number, width, entries, leafHashes: this.#leafHashes(number, width), fields };
  }

  #leafHashes(number: number, width: number): Uint8Array | undefined {
    if (width < tileWidth) return this.#lastHashes;
    const [hashes] = (this.#tile.get(this.#logId, number) as unknown as unknown[] | undefined) ?? [];
    return asBytes(hashes);
  }
}
