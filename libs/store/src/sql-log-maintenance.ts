import { type Kysely, sql, type Transaction } from 'kysely';
import {
  type DisclosureKey,
  type FieldPlaces,
  LogMaintenance,
  type LogOrigin,
  type SubjectName,
  type WrappedKey,
} from '#audit';
import { CodedError } from '#kernel';
import type { TranslateError } from './foreign-error.ts';
import type { Dialect } from './migrations/dialect.ts';
import type { Database } from './schema.ts';
import { wrappedKeyOf } from './sql-subjects.ts';

/** Entries that one transaction drops: others must get at the tables in between. */
const pruneStep = 16_384;

/** {@link LogMaintenance} in SQL. `scrub` takes what was deleted from the disk. */
export class SqlLogMaintenance extends LogMaintenance {
  readonly #db: Kysely<Database>;
  readonly #dialect: Dialect;
  readonly #origin: LogOrigin;
  readonly #translate: TranslateError;
  readonly #scrub: () => Promise<void>;

  constructor(
    { db, dialect, scrub }: { db: Kysely<Database>; dialect: Dialect; scrub: () => Promise<void> },
    origin: LogOrigin,
    translate: TranslateError,
  ) {
    super();
    this.#db = db;
    this.#dialect = dialect;
    this.#origin = origin;
    this.#translate = translate;
    this.#scrub = scrub;
  }

  override refOf({ realm, name }: SubjectName): Promise<string | undefined> {
    return this.#ask(async () => {
      const row = await this.#db
        .selectFrom('subject')
        .select('ref')
        .where('tenant_id', '=', realm)
        .where('object_id', '=', name)
        .executeTakeFirst();
      return row?.ref;
    });
  }

  override hasKey(ref: string): Promise<boolean> {
    return this.#ask(async () => {
      const row = await this.#db.selectFrom('data_key').select('ref').where('ref', '=', ref).executeTakeFirst();
      return row !== undefined;
    });
  }

  /** Reads all personal fields: this is seldom asked, and an index would cost every append. */
  override placesOf(ref: string, runs: number): Promise<FieldPlaces> {
    return this.#ask(async () => {
      const found = sql`select idx, count(*) as fields, idx - row_number() over (order by idx) as run
        from audit_private where log_id = (${this.#logId()}) and subject = ${ref} group by idx`;
      const total = await sql<{ fields: number | string; runs: number }>`select coalesce(sum(fields), 0) as fields,
        count(distinct run) as runs from (${found}) as found`.execute(this.#db);
      const first = await sql<{ first: number; last: number }>`select min(idx) as first, max(idx) as last
        from (${found}) as found group by run order by 1 limit ${runs}`.execute(this.#db);
      const listed = first.rows.map((run) => [run.first, run.last] as const);
      const [{ fields, runs: all } = { fields: 0, runs: 0 }] = total.rows;
      return { count: Number(fields), runs: listed, omitted: all - listed.length };
    });
  }

  override destroyKey(ref: string): Promise<void> {
    return this.#ask(() =>
      this.#db.transaction().execute(async (change) => {
        await this.#lockHeads(change);
        await change.deleteFrom('subject').where('ref', '=', ref).execute();
      }),
    );
  }

  override removeFields(ref: string): Promise<void> {
    return this.#ask(async () => {
      await this.#db.deleteFrom('audit_private').where('subject', '=', ref).execute();
      await this.#scrub();
    });
  }

  override prune(minIndex: number): Promise<void> {
    return this.#ask(async () => {
      const { log_id: logId } = await this.#logId().executeTakeFirstOrThrow();
      await this.#db.updateTable('audit_head').set({ min_index: minIndex }).where('log_id', '=', logId).execute();
      let first = await this.#firstEntry(logId);
      for (; first < minIndex; first = await this.#firstEntry(logId)) {
        await this.#drop(logId, Math.min(minIndex, first + pruneStep));
      }
      await this.#scrub();
    });
  }

  override rewrap(next: DisclosureKey, rewrap: (ref: string, wrapped: WrappedKey) => WrappedKey): Promise<number> {
    return this.#ask(() =>
      this.#db.transaction().execute(async (change) => {
        await change.updateTable('disclosure_key').set({ key_id: next.id }).execute();
        const rows = await change.selectFrom('data_key').selectAll().execute();
        for (const { ref, ...row } of rows) {
          const { keyId, nonce, content } = rewrap(ref, wrappedKeyOf(row));
          await change.updateTable('data_key').set({ key_id: keyId, nonce, content }).where('ref', '=', ref).execute();
        }
        return rows.length;
      }),
    );
  }

  async #firstEntry(logId: number): Promise<number> {
    const row = await this.#db
      .selectFrom('audit_leaf')
      .select('idx')
      .where('log_id', '=', logId)
      .orderBy('idx')
      .limit(1)
      .executeTakeFirst();
    return row?.idx ?? Number.MAX_SAFE_INTEGER;
  }

  #drop(logId: number, below: number): Promise<void> {
    return this.#db.transaction().execute(async (change) => {
      for (const table of ['audit_private', 'audit_leaf'] as const) {
        await change.deleteFrom(table).where('log_id', '=', logId).where('idx', '<', below).execute();
      }
    });
  }

  /** SQLite has one process and one writer at a time. */
  async #lockHeads(change: Transaction<Database>): Promise<void> {
    if (this.#dialect === 'postgres') await change.selectFrom('audit_head').select('log_id').forUpdate().execute();
  }

  #logId() {
    return this.#db.selectFrom('audit_head').select('log_id').where('origin', '=', this.#origin);
  }

  async #ask<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      // What a caller's own function threw within a transaction.
      if (error instanceof CodedError) throw error;
      throw this.#translate(error);
    }
  }
}
