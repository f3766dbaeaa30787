import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Lease, type LeaseHolder, LeaseStore } from '#audit';
import type { TranslateError } from './foreign-error.ts';
import type { Database } from './schema.ts';

/** Milliseconds since the epoch, as an expression of the statement that asks. */
export type DatabaseTime = () => RawBuilder<number>;

/** {@link LeaseStore} in SQL that both dialects know; only the clock differs. Each method is one statement. */
export class SqlLeaseStore extends LeaseStore {
  readonly #db: Kysely<Database>;
  readonly #now: DatabaseTime;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, now: DatabaseTime, translate: TranslateError) {
    super();
    this.#db = db;
    this.#now = now;
    this.#translate = translate;
  }

  override async acquire(name: string, owner: string, millis: number): Promise<Lease | undefined> {
    const until = sql<number>`${this.#now()} + ${millis}`;
    const row = await this.#ask(
      this.#db
        .insertInto('lease')
        .values({ name, owner, until, fence: 1 })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet(({ eb }) => ({ owner, until, fence: eb('lease.fence', '+', 1) }))
            .where((lease) => lease.or([lease('lease.until', '<=', this.#now()), lease('lease.owner', '=', owner)])),
        )
        .returning(['fence', 'position'])
        .executeTakeFirst(),
    );
    return row && { name, fence: row.fence, position: row.position };
  }

  override async renew({ name, fence }: LeaseHolder, millis: number, position: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#ask(
      this.#db
        .updateTable('lease')
        .set({ until: sql<number>`${this.#now()} + ${millis}`, position })
        .where('name', '=', name)
        .where('fence', '=', fence)
        .executeTakeFirstOrThrow(),
    );
    return numUpdatedRows > 0n;
  }

  override async release({ name, fence }: LeaseHolder): Promise<void> {
    await this.#ask(
      this.#db.updateTable('lease').set({ until: 0 }).where('name', '=', name).where('fence', '=', fence).execute(),
    );
  }

  override async position(name: string): Promise<number> {
    const row = await this.#ask(
      this.#db.selectFrom('lease').select('position').where('name', '=', name).executeTakeFirst(),
    );
    return row?.position ?? 0;
  }

  async #ask<Rows>(rows: Promise<Rows>): Promise<Rows> {
    try {
      return await rows;
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
