import { asBytes, asNumber, asText } from './column-value.ts';
import type { RowSource } from './row-source.ts';
import { strayTiles } from './stray-tiles.ts';

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

/** Rows that a sound database does not have. */
export interface StrayRows {
  /** Indexes of entries outside the log. */
  readonly entries: readonly number[];
  /** Tiles that cannot be full yet, and their levels. */
  readonly tiles: readonly (readonly [level: number, idx: number])[];
  /** The second and further indexes of an event that is there more than once. */
  readonly repeated: readonly number[];
}

/** An index may be one that no log has: as text it is read whatever it is. */
const outside = `select cast(idx as text) from audit_leaf
  where log_id = $1 and (idx < 0 or idx >= $2) order by audit_leaf.idx`;
const last = 'select cast(coalesce(max(idx), -1) as text) from audit_leaf where log_id = $1';
const tiles = 'select level, cast(idx as text) from audit_tile where log_id = $1';
const repeatedEvent = 'select event_id from audit_leaf group by event_id having count(*) > 1';
const repeated = `select cast(idx as text) from audit_leaf as leaf where log_id = $1 and event_id in (${repeatedEvent})
  and idx > (select min(idx) from audit_leaf where event_id = leaf.event_id) order by leaf.idx`;

/** The tables of an Interlock database, without entries and their tiles, which are read block by block. */
export class LogDatabase {
  readonly #rows: RowSource;

  constructor(rows: RowSource) {
    this.#rows = rows;
  }

  async heads(): Promise<readonly HeadRow[]> {
    const rows = await this.#rows.rows(
      'select log_id, origin, size, edge, root, checkpoint from audit_head order by log_id',
    );
    return rows.map(([logId, origin, size, edge, root, checkpoint]) => ({
      logId: asNumber(logId),
      origin: asText(origin) ?? '',
      size: asNumber(size),
      edge: asBytes(edge) ?? new Uint8Array(),
      root: asBytes(root),
      checkpoint: asText(checkpoint),
    }));
  }

  /** Full tiles of level 1 and higher, by `level/index`. */
  async upperTiles(logId: number): Promise<ReadonlyMap<string, Uint8Array>> {
    const rows = await this.#rows.rows(
      'select level, idx, hashes from audit_tile where log_id = $1 and level >= 1',
      logId,
    );
    return new Map(
      rows.map(([level, idx, hashes]) => [`${asNumber(level)}/${asNumber(idx)}`, asBytes(hashes) ?? new Uint8Array()]),
    );
  }

  /** Index of the last entry there is, -1 when there is none. */
  async lastIndex(logId: number): Promise<number> {
    const [[idx] = []] = await this.#rows.rows(last, logId);
    return asNumber(idx);
  }

  async strayRows(logId: number, size: number): Promise<StrayRows> {
    const indexes = async (sql: string, ...values: readonly number[]) =>
      (await this.#rows.rows(sql, logId, ...values)).map(([idx]) => asNumber(idx));
    // Whether there is any is seen in an index; where they stand takes long and is asked only then.
    const [anyRepeated] = await this.#rows.rows(`${repeatedEvent} limit 1`);
    return {
      entries: await indexes(outside, size),
      tiles: strayTiles(await this.#rows.rows(tiles, logId), size),
      repeated: anyRepeated === undefined ? [] : await indexes(repeated),
    };
  }
}
