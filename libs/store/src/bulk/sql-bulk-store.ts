import type { Kysely } from 'kysely';
import {
  type BulkChoice,
  type BulkItem,
  bulkLeaseName,
  type BulkOperation,
  type BulkProgress,
  BulkStore,
  type LogOrigin,
} from '#audit';
import type { EpochMillis, EventId } from '#kernel';
import type { TranslateError } from '../foreign-error.ts';
import type { Database } from '../schema.ts';
import { bulkItemColumns, columnsOfProgress, itemOfRow } from './bulk-row.ts';

const columns = ['id', 'action', 'owner', 'idx', 'ended_at'] as const;

/** {@link BulkStore} of one log; the same SQL on both dialects. */
export class SqlBulkStore extends BulkStore {
  readonly #db: Kysely<Database>;
  readonly #origin: LogOrigin;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, origin: LogOrigin, translate: TranslateError) {
    super();
    this.#db = db;
    this.#origin = origin;
    this.#translate = translate;
  }

  override async create(
    operation: Pick<BulkOperation, 'id' | 'action' | 'owner'>,
    jobs: readonly BulkChoice[],
  ): Promise<void> {
    const { id } = operation;
    const log_id = this.#logId();
    const rows = jobs.map(({ job, alias = null }, position) => ({
      log_id,
      id,
      position,
      service_principal_id: job.servicePrincipalId,
      job_id: job.jobId,
      alias,
      ...columnsOfProgress({ state: 'waiting' }),
    }));
    const creating = this.#db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('bulk_operation')
        .values({ log_id, ...operation })
        .execute();
      await transaction.insertInto('bulk_item').values(rows).execute();
    });
    await this.#ask(creating);
  }

  override async begin(id: EventId, index: number): Promise<void> {
    await this.#ask(this.#operation(id).set({ idx: index }).execute());
  }

  override async discard(id: EventId): Promise<void> {
    const deleting = this.#db
      .deleteFrom('bulk_operation')
      .where('log_id', '=', this.#logId())
      .where('id', '=', id)
      .where('idx', 'is', null);
    await this.#ask(deleting.execute());
  }

  override async find(id: EventId): Promise<BulkOperation | undefined> {
    const [row] = await this.#ask(this.#operations().where('id', '=', id).execute());
    return row && operationOf(row);
  }

  override async items(id: EventId): Promise<readonly BulkItem[]> {
    const items = this.#db
      .selectFrom('bulk_item')
      .select(bulkItemColumns)
      .where('log_id', '=', this.#logId())
      .where('id', '=', id)
      .orderBy('position');
    return (await this.#ask(items.execute())).map(itemOfRow);
  }

  override async unended(limit: number): Promise<readonly BulkOperation[]> {
    // Ids are UUIDv7: their order is that of time.
    const rows = await this.#ask(this.#operations().where('ended_at', 'is', null).orderBy('id').limit(limit).execute());
    return rows.map(operationOf);
  }

  override async progress(id: EventId, position: number, progress: BulkProgress): Promise<void> {
    const changing = this.#db
      .updateTable('bulk_item')
      .set(columnsOfProgress(progress))
      .where('log_id', '=', this.#logId())
      .where('id', '=', id)
      .where('position', '=', position)
      .where('state', 'in', ['waiting', 'in_progress']);
    await this.#ask(changing.execute());
  }

  override async end(id: EventId, at: EpochMillis): Promise<void> {
    await this.#ask(this.#operation(id).set({ ended_at: at }).where('ended_at', 'is', null).execute());
  }

  override async forget(before: EpochMillis): Promise<void> {
    const deleting = this.#db.transaction().execute(async (transaction) => {
      const forgotten = await transaction
        .deleteFrom('bulk_operation')
        .where('log_id', '=', this.#logId())
        .where('ended_at', '<', before)
        .returning('id')
        .execute();
      if (forgotten.length === 0) return;
      const names = forgotten.map(({ id }) => bulkLeaseName(id as EventId));
      await transaction.deleteFrom('lease').where('name', 'in', names).execute();
    });
    await this.#ask(deleting);
  }

  #operation(id: EventId) {
    return this.#db.updateTable('bulk_operation').where('log_id', '=', this.#logId()).where('id', '=', id);
  }

  #operations() {
    return this.#db.selectFrom('bulk_operation').select(columns).where('log_id', '=', this.#logId());
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

interface OperationRow {
  readonly id: string;
  readonly action: 'pause' | 'start';
  readonly owner: string;
  readonly idx: number | null;
  readonly ended_at: number | null;
}

function operationOf({ id, action, owner, idx, ended_at }: OperationRow): BulkOperation {
  return {
    id: id as EventId,
    action,
    owner,
    ...(idx !== null && { index: idx }),
    ...(ended_at !== null && { endedAt: ended_at as EpochMillis }),
  };
}
