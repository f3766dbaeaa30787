import { leafHash, RightEdge } from '#tlog';
import type { RowSource } from '../../apps/verifier/src/database/row-source.ts';

/** A value in a row, or a parameter. */
export type Value = string | number | Uint8Array | null;

/** A log in the hands of somebody who owns the database: no triggers, no constraints. */
export abstract class TamperedLog {
  /** What the verifier reads of it. */
  abstract rows(): Promise<RowSource>;

  /** Runs one statement, with parameters $1, $2 and so on. */
  abstract sql(text: string, ...values: readonly Value[]): Promise<readonly Readonly<Record<string, unknown>>[]>;

  /** Ends the tampering: what was changed is gone. */
  abstract drop(): Promise<void>;

  async body(index: number): Promise<Buffer> {
    return this.#bytes('select body as value from audit_leaf where idx = $1', index);
  }

  async setBody(index: number, body: Uint8Array): Promise<void> {
    await this.sql('update audit_leaf set body = $1 where idx = $2', body, index);
  }

  /** Changes an entry to say something else, in a form that nothing but its hash gives away. */
  async rewrite(index: number): Promise<Buffer> {
    const body = Buffer.from((await this.body(index)).toString().replace('"one"', '"two"'));
    await this.setBody(index, body);
    return body;
  }

  /** A full tile of leaf hashes. */
  async tile(index: number): Promise<Buffer> {
    return this.#bytes('select hashes as value from audit_tile where level = 0 and idx = $1', index);
  }

  async setTile(index: number, hashes: Uint8Array): Promise<void> {
    await this.sql('update audit_tile set hashes = $1 where level = 0 and idx = $2', hashes, index);
  }

  async head(column: 'edge' | 'root'): Promise<Buffer> {
    return this.#bytes(`select ${column} as value from audit_head`);
  }

  async checkpoint(): Promise<string> {
    return String((await this.sql('select checkpoint from audit_head'))[0]?.['checkpoint']);
  }

  async setHead(column: 'origin' | 'size' | 'edge' | 'root' | 'checkpoint', value: Value): Promise<void> {
    await this.sql(`update audit_head set ${column} = $1`, value);
  }

  /** Removes entries with what is kept beside them. */
  async remove(where: string): Promise<void> {
    await this.sql(`delete from audit_private where ${where}`);
    await this.sql(`delete from audit_leaf where ${where}`);
  }

  /** Gives entries other indexes; `index` is an expression in `idx`. */
  async move(index: string, where: string): Promise<void> {
    for (const table of ['audit_leaf', 'audit_private']) {
      await this.sql(`update ${table} set idx = ${index} where ${where}`);
    }
  }

  /** Puts a copy of an entry's row at an index. */
  async copy(from: number, to: number, eventId?: string): Promise<void> {
    await this.sql(`create table copied as select * from audit_leaf where idx = ${from}`);
    await this.sql('update copied set idx = $1', to);
    if (eventId !== undefined) await this.sql('update copied set event_id = $1', eventId);
    await this.sql('insert into audit_leaf select * from copied');
    await this.sql('drop table copied');
  }

  /** Makes every hash above the entries anew, as somebody who has everything but the key. */
  async rederive(): Promise<{ readonly size: number; readonly root: Uint8Array }> {
    const bodies = await this.sql('select body from audit_leaf order by idx');
    const { edge, tiles } = RightEdge.empty.append(bodies.map(({ body }) => leafHash(body as Uint8Array)));
    for (const tile of tiles) await this.setTile(tile.index, tile.hashes);
    await this.setHead('edge', Buffer.concat(edge.levels.map((level) => Buffer.of(level.length / 32, ...level))));
    await this.setHead('root', edge.root());
    return { size: edge.size, root: edge.root() };
  }

  async #bytes(select: string, ...values: readonly Value[]): Promise<Buffer> {
    return Buffer.from((await this.sql(select, ...values))[0]?.['value'] as Uint8Array);
  }
}

/** The bytes with one bit changed. */
export function flipped(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}
