import type { Kysely } from 'kysely';
import type { EntrySummary, KeptEntry, LogHead, LogOrigin, StoredEntry, StoredField } from '#audit';
import type { EventId } from '#kernel';
import { decodeEdge } from './edge-bytes.ts';
import type { TranslateError } from './foreign-error.ts';
import { columnOf, columnsOfRow, leafFields, summaryFields } from './leaf-row.ts';
import { plainBytes } from './plain-bytes.ts';
import type { AuditLeafTable, Database } from './schema.ts';

/** The head's row as either driver gives it. */
export interface HeadRow {
  readonly size: number;
  readonly edge: Uint8Array;
  readonly root: Uint8Array | null;
  readonly checkpoint: string | null;
}

/** The head of a row, or undefined while the log is empty. */
export function headOfRow(row: HeadRow): LogHead | undefined {
  if (row.root === null || row.checkpoint === null) return undefined;
  return {
    size: row.size,
    edge: decodeEdge(plainBytes(row.edge)),
    root: plainBytes(row.root),
    checkpoint: row.checkpoint,
  };
}

/** A leaf's row as either driver gives it. */
export type LeafRow = Omit<AuditLeafTable, 'log_id'>;

/** The entry of a row. */
export function entryOfRow(row: LeafRow): StoredEntry {
  return {
    index: row.idx,
    eventId: row.event_id as EventId,
    body: plainBytes(row.body),
    columns: columnsOfRow(row, leafFields),
  };
}

/** What is read of one log; the same SQL on both dialects. */
export class LogReader {
  readonly #db: Kysely<Database>;
  readonly #origin: LogOrigin;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, origin: LogOrigin, translate: TranslateError) {
    this.#db = db;
    this.#origin = origin;
    this.#translate = translate;
  }

  async head(): Promise<LogHead | undefined> {
    const row = await this.#ask(
      this.#db
        .selectFrom('audit_head')
        .select(['size', 'edge', 'root', 'checkpoint'])
        .where('origin', '=', this.#origin)
        .executeTakeFirst(),
    );
    return row && headOfRow(row);
  }

  async entries(from: number, to: number): Promise<readonly StoredEntry[]> {
    const rows = await this.#ask(
      this.#db
        .selectFrom('audit_leaf')
        .select(['idx', 'event_id', 'body', ...leafFields.map((field) => columnOf[field])])
        .where('log_id', '=', this.#logId())
        .where('idx', '>=', from)
        .where('idx', '<', to)
        .orderBy('idx')
        .execute(),
    );
    return rows.map(entryOfRow);
  }

  async summaries(from: number, to: number): Promise<readonly EntrySummary[]> {
    const rows = await this.#ask(
      this.#db
        .selectFrom('audit_leaf')
        .select(['idx', 'event_id', ...summaryFields.map((field) => columnOf[field])])
        .where('log_id', '=', this.#logId())
        .where('idx', '>=', from)
        .where('idx', '<', to)
        .orderBy('idx')
        .execute(),
    );
    return rows.map((row) => ({
      index: row.idx,
      eventId: row.event_id as EventId,
      ...columnsOfRow(row, summaryFields),
    }));
  }

  async keptEntries(): Promise<readonly KeptEntry[]> {
    const rows = await this.#ask(
      this.#db
        .selectFrom('audit_kept_entry')
        .select(['idx', 'body'])
        .where('log_id', '=', this.#logId())
        .orderBy('idx')
        .execute(),
    );
    return rows.map(({ idx, body }) => ({ index: idx, body: plainBytes(body) }));
  }

  async kept(size: number): Promise<string | undefined> {
    const rows = await this.#ask(
      this.#db
        .selectFrom('audit_checkpoint as kept')
        .leftJoin('audit_cosignature as cosigned', (join) =>
          join.onRef('cosigned.log_id', '=', 'kept.log_id').onRef('cosigned.size', '=', 'kept.size'),
        )
        .select(['kept.note', 'cosigned.line'])
        .where('kept.log_id', '=', this.#logId())
        .where('kept.size', '=', size)
        .orderBy('cosigned.name')
        .orderBy('cosigned.key_id')
        .execute(),
    );
    return rows[0] && rows[0].note + rows.map(({ line }) => line ?? '').join('');
  }

  async indexOf(eventId: EventId): Promise<number | undefined> {
    const row = await this.#ask(
      this.#db
        .selectFrom('audit_leaf')
        .select('idx')
        .where('log_id', '=', this.#logId())
        .where('event_id', '=', eventId)
        .executeTakeFirst(),
    );
    return row?.idx;
  }

  async disclosures(index: number): Promise<readonly StoredField[]> {
    const rows = await this.#ask(
      this.#db
        .selectFrom('audit_private')
        .select(['name', 'subject', 'nonce', 'content'])
        .where('log_id', '=', this.#logId())
        .where('idx', '=', index)
        .orderBy('position')
        .execute(),
    );
    return rows.map(({ name, subject, nonce, content }) =>
      nonce === null || subject === null
        ? { name, encoded: new TextDecoder().decode(content) }
        : { name, subject, nonce: plainBytes(nonce), content: plainBytes(content) },
    );
  }

  async minIndex(): Promise<number> {
    const row = await this.#ask(
      this.#db.selectFrom('audit_head').select('min_index').where('origin', '=', this.#origin).executeTakeFirst(),
    );
    return row?.min_index ?? 0;
  }

  async tile(level: number, index: number): Promise<Uint8Array | undefined> {
    const row = await this.#ask(
      this.#db
        .selectFrom('audit_tile')
        .select('hashes')
        .where('log_id', '=', this.#logId())
        .where('level', '=', level)
        .where('idx', '=', index)
        .executeTakeFirst(),
    );
    return row && plainBytes(row.hashes);
  }

  /** A subquery and not a value kept from before: the log may come into being at any time, on any replica. */
  #logId() {
    return this.#db.selectFrom('audit_head').select('log_id').where('origin', '=', this.#origin);
  }

  async #ask<Rows>(rows: Promise<Rows>): Promise<Rows> {
    try {
      return await rows;
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
