import type { Kysely } from 'kysely';
import { type AnchorState, AnchorStore, type KeptCheckpoint, type LogOrigin } from '#audit';
import type { EpochMillis } from '#kernel';
import type { TranslateError } from './foreign-error.ts';
import { LogReader } from './log-reader.ts';
import type { Database } from './schema.ts';

/** {@link AnchorStore} in SQL that both dialects know. */
export class SqlAnchorStore extends AnchorStore {
  readonly #db: Kysely<Database>;
  readonly #origin: LogOrigin;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, origin: LogOrigin, translate: TranslateError) {
    super();
    this.#db = db;
    this.#origin = origin;
    this.#translate = translate;
  }

  override async states(): Promise<readonly AnchorState[]> {
    const rows = await this.#ask(
      this.#db
        .selectFrom('audit_anchor')
        .select(['name', 'kind', 'size', 'anchored_at', 'failure'])
        .where('log_id', '=', this.#logId())
        .orderBy('name')
        .execute(),
    );
    return rows.map(({ name, kind, size, anchored_at: anchoredAt, failure }) => ({
      name,
      kind,
      size,
      ...(anchoredAt !== null && { anchoredAt: anchoredAt as EpochMillis }),
      ...(failure !== null && { failure }),
    }));
  }

  override async save({ name, kind, size, anchoredAt, failure }: AnchorState): Promise<void> {
    const state = { kind, size, anchored_at: anchoredAt ?? null, failure: failure ?? null };
    await this.#ask(
      this.#db
        .insertInto('audit_anchor')
        .values({ log_id: this.#logId(), name, ...state })
        .onConflict((conflict) =>
          conflict.columns(['log_id', 'name']).doUpdateSet(state).where('audit_anchor.size', '<=', size),
        )
        .execute(),
    );
  }

  override async keep({ size, checkpoint, cosignatures }: KeptCheckpoint): Promise<void> {
    const logId = this.#logId();
    await this.#ask(
      this.#db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('audit_checkpoint')
          .values({ log_id: logId, size, note: checkpoint })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        if (cosignatures.length === 0) return;
        await transaction
          .insertInto('audit_cosignature')
          .values(cosignatures.map(({ name, keyId, line }) => ({ log_id: logId, size, name, key_id: keyId, line })))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),
    );
  }

  override async witnessed(): Promise<string | undefined> {
    const newest = await this.#ask(
      this.#db
        .selectFrom('audit_cosignature')
        .select('size')
        .where('log_id', '=', this.#logId())
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    return newest && new LogReader(this.#db, this.#origin, this.#translate).kept(newest.size);
  }

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
