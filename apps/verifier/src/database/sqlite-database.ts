import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { DisclosureKeys } from '../leaf/disclosure-keys.ts';
import { Unreadable } from '../report/unreadable.ts';
import { type HeadRow, LogDatabase, type StrayRows, type TileRow } from './log-database.ts';
import { asBytes, asNumber, asText } from './column-value.ts';
import { SqliteBlocks } from './sqlite-blocks.ts';
import { strayTiles } from './stray-tiles.ts';

/** A SQLite database file. */
export class SqliteDatabase extends LogDatabase {
  readonly #database: DatabaseSync;

  /** {@link Unreadable} when there is no such file or it is not a database. */
  constructor(path: string) {
    super();
    if (!existsSync(path)) throw new Unreadable(`There is no file ${path}`);
    try {
      this.#database = new DatabaseSync(path, { readOnly: true });
      // Everything is read from one moment, while the service may go on writing.
      this.#database.exec('begin');
    } catch (cause) {
      throw new Unreadable('The file is not a database that can be read', { cause });
    }
  }

  override heads(): Promise<readonly HeadRow[]> {
    const rows = this.#all('select log_id, origin, size, edge, root, checkpoint from audit_head order by log_id');
    return Promise.resolve(
      rows.map(([logId, origin, size, edge, root, checkpoint]) => ({
        logId: asNumber(logId),
        origin: asText(origin) ?? '',
        size: asNumber(size),
        edge: asBytes(edge) ?? new Uint8Array(),
        root: asBytes(root),
        checkpoint: asText(checkpoint),
      })),
    );
  }

  override upperTiles(logId: number): Promise<readonly TileRow[]> {
    const rows = this.#all('select level, idx, hashes from audit_tile where log_id = ? and level >= 1', logId);
    return Promise.resolve(
      rows.map(([level, idx, hashes]) => ({
        level: asNumber(level),
        idx: asNumber(idx),
        hashes: asBytes(hashes) ?? new Uint8Array(),
      })),
    );
  }

  override strayRows(logId: number, size: number): Promise<StrayRows> {
    const outside = 'select idx from audit_leaf where log_id = ? and (idx < 0 or idx >= ?) order by idx';
    const repeated = `select idx from audit_leaf as leaf where log_id = ? and event_id in
      (select event_id from audit_leaf group by event_id having count(*) > 1)
      and idx > (select min(idx) from audit_leaf where event_id = leaf.event_id) order by idx`;
    const tiles = this.#all('select level, idx from audit_tile where log_id = ?', logId);
    return Promise.resolve({
      entries: this.#all(outside, logId, size).map(([idx]) => asNumber(idx)),
      tiles: strayTiles(tiles, size),
      repeated: this.#all(repeated, logId).map(([idx]) => asNumber(idx)),
      lastIndex: asNumber(this.#all('select coalesce(max(idx), -1) from audit_leaf where log_id = ?', logId)[0]?.[0]),
    });
  }

  override blocks(logId: number, lastHashes: Uint8Array | undefined, keys?: DisclosureKeys): SqliteBlocks {
    return new SqliteBlocks(this.#database, logId, lastHashes, keys);
  }

  override disclosureKeys(text: string): Promise<DisclosureKeys> {
    const [[keyId] = []] = this.#all('select key_id from disclosure_key');
    const rows = this.#all('select ref, nonce, content from data_key').map(([ref, nonce, content]) => ({
      ref: asText(ref) ?? '',
      nonce: asBytes(nonce) ?? new Uint8Array(),
      content: asBytes(content) ?? new Uint8Array(),
    }));
    return Promise.resolve(new DisclosureKeys(text, asText(keyId), rows));
  }

  override close(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }

  #all(sql: string, ...values: number[]): readonly (readonly unknown[])[] {
    try {
      const statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      return statement.all(...values) as unknown[] as unknown[][];
    } catch (cause) {
      throw new Unreadable('The file is not an Interlock database', { cause });
    }
  }
}
