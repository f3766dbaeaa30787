import type { Kysely } from 'kysely';
import { AlarmBook, type DeliveryState, type KeptDelivery, type ParkedAlarm, type Writer } from '#alarms';
import type { LogOrigin } from '#audit';
import type { EpochMillis } from '#kernel';
import type { TranslateError } from './foreign-error.ts';
import type { Database } from './schema.ts';

/** {@link AlarmBook} in SQL that both dialects know. */
export class SqlAlarmBook extends AlarmBook {
  readonly #db: Kysely<Database>;
  readonly #origin: LogOrigin;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, origin: LogOrigin, translate: TranslateError) {
    super();
    this.#db = db;
    this.#origin = origin;
    this.#translate = translate;
  }

  override async begin(name: string, position: number): Promise<void> {
    await this.#ask((db) =>
      db
        .insertInto('alarm_destination')
        .values({ log_id: this.#logId(), name, position })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }

  override async find(destination: string): Promise<KeptDelivery | undefined> {
    const row = await this.#ask((db) =>
      db
        .selectFrom('alarm_destination')
        .select(['position', 'attempts', 'retry_at', 'failure'])
        .select((kept) => [
          kept
            .selectFrom('alarm_parked')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .where('alarm_parked.log_id', '=', this.#logId())
            .where('destination', '=', destination)
            .as('parked'),
          kept
            .selectFrom('alarm_parked')
            .select(({ fn }) => fn.min('idx').as('again'))
            .where('alarm_parked.log_id', '=', this.#logId())
            .where('destination', '=', destination)
            .where('again', '=', 1)
            .as('again'),
        ])
        .where('log_id', '=', this.#logId())
        .where('name', '=', destination)
        .executeTakeFirst(),
    );
    if (row === undefined) return undefined;
    const { position, attempts, retry_at: retryAt, failure, parked, again } = row;
    return {
      position,
      attempts,
      retryAt: retryAt as EpochMillis,
      ...(failure !== null && { failure }),
      parked: parked ?? 0,
      ...(again !== null && { again }),
    };
  }

  override save(writer: Writer, state: DeliveryState): Promise<boolean> {
    return this.#ask((db) => this.#write(db, writer, columnsOf(state)));
  }

  override park(
    writer: Writer,
    { index, name, reason, parkedAt }: Omit<ParkedAlarm, 'destination'>,
    state: DeliveryState,
  ): Promise<boolean> {
    return this.#ask((db) =>
      db.transaction().execute(async (transaction) => {
        if (!(await this.#write(transaction, writer, columnsOf(state)))) return false;
        const columns = { name, reason, parked_at: parkedAt, again: 0 };
        await transaction
          .insertInto('alarm_parked')
          .values({ log_id: this.#logId(), destination: writer.destination, idx: index, ...columns })
          .onConflict((conflict) => conflict.columns(['log_id', 'destination', 'idx']).doUpdateSet(columns))
          .execute();
        return true;
      }),
    );
  }

  override unpark(writer: Writer, index: number): Promise<boolean> {
    return this.#ask((db) =>
      db.transaction().execute(async (transaction) => {
        if (!(await this.#write(transaction, writer, {}))) return false;
        await transaction
          .deleteFrom('alarm_parked')
          .where('log_id', '=', this.#logId())
          .where('destination', '=', writer.destination)
          .where('idx', '=', index)
          .execute();
        return true;
      }),
    );
  }

  override async parked(): Promise<readonly ParkedAlarm[]> {
    const rows = await this.#ask((db) =>
      db
        .selectFrom('alarm_parked')
        .select(['destination', 'idx', 'name', 'reason', 'parked_at'])
        .where('log_id', '=', this.#logId())
        .orderBy('destination')
        .orderBy('idx')
        .execute(),
    );
    return rows.map(({ idx, parked_at: parkedAt, ...row }) => ({
      ...row,
      index: idx,
      parkedAt: parkedAt as EpochMillis,
    }));
  }

  override async tryAgain(destination?: string): Promise<number> {
    const { numUpdatedRows } = await this.#ask((db) =>
      db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('alarm_destination')
          .set({ retry_at: 0 })
          .where('log_id', '=', this.#logId())
          .$if(destination !== undefined, (one) => one.where('name', '=', destination ?? ''))
          .execute();
        return transaction
          .updateTable('alarm_parked')
          .set({ again: 1 })
          .where('log_id', '=', this.#logId())
          .$if(destination !== undefined, (one) => one.where('destination', '=', destination ?? ''))
          .executeTakeFirstOrThrow();
      }),
    );
    return Number(numUpdatedRows);
  }

  async #write(
    db: Kysely<Database>,
    { destination, fence }: Writer,
    columns: Partial<ReturnType<typeof columnsOf>>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('alarm_destination')
      .set({ ...columns, fence })
      .where('log_id', '=', this.#logId())
      .where('name', '=', destination)
      .where('fence', '<=', fence)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  #logId() {
    return this.#db.selectFrom('audit_head').select('log_id').where('origin', '=', this.#origin);
  }

  async #ask<Answer>(question: (db: Kysely<Database>) => Promise<Answer>): Promise<Answer> {
    try {
      return await question(this.#db);
    } catch (error) {
      throw this.#translate(error);
    }
  }
}

function columnsOf({ position, attempts, retryAt, failure }: DeliveryState) {
  return { position, attempts, retry_at: retryAt, failure: failure ?? null };
}
