import { setImmediate } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { LogOrigin } from '#audit';
import { type Hold, HoldBook, type HoldFilter, isOpen, type StandingHolds } from '#holds';
import type { EventId, JobRef } from '#kernel';
import type { TranslateError } from '../foreign-error.ts';
import type { Dialect } from '../migrations/dialect.ts';
import { holdBlock } from '../migrations/hold-blocks.ts';
import { openCondition } from '../migrations/open-holds.ts';
import type { Database } from '../schema.ts';
import { type IndexRange, windowsOf } from '../search/index-windows.ts';
import { holdColumns, holdOfRow, type HoldRow } from './hold-row.ts';

/** How many blocks of its index a statement looks into at most: on SQLite it stops everything else. */
const mostBlocks = 128;

/** {@link HoldBook} of one log; but for a hint the same SQL on both dialects. */
export class SqlHoldBook extends HoldBook {
  readonly #db: Kysely<Database>;
  readonly #dialect: Dialect;
  readonly #origin: LogOrigin;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, dialect: Dialect, origin: LogOrigin, translate: TranslateError) {
    super();
    this.#db = db;
    this.#dialect = dialect;
    this.#origin = origin;
    this.#translate = translate;
  }

  /** The size is read first: what is committed in between makes the answer look older than it is, never newer. */
  override async ofJob(job: JobRef): Promise<StandingHolds> {
    const asOf = await this.#size();
    const rows = await this.#ask(this.#holds({ job, open: true }).orderBy('idx').execute());
    return { holds: rows.map(holdOfRow).filter(isOpen), asOf };
  }

  override async find(id: EventId): Promise<Hold | undefined> {
    const row = await this.#ask(this.#holds({}).where('id', '=', id).executeTakeFirst());
    return row && holdOfRow(row);
  }

  override async countOpen(): Promise<number> {
    const count = this.#holds({ open: true })
      .clearSelect()
      .select((e) => e.fn.countAll<number>().as('count'));
    const row = await this.#ask(count.executeTakeFirst());
    return row?.count ?? 0;
  }

  override async page(filter: HoldFilter, limit: number, below?: number): Promise<readonly Hold[]> {
    const index = indexOf(filter);
    if (index === undefined) {
      const newest = this.#holds(filter).orderBy('idx', 'desc').limit(limit);
      const rows = await this.#ask((below === undefined ? newest : newest.where('idx', '<', below)).execute());
      return rows.map(holdOfRow);
    }
    const found: Hold[] = [];
    const all = { from: 0, to: (below ?? (await this.#size())) - 1 };
    for (const part of windowsOf(all, 'newest', holdBlock, mostBlocks)) {
      const { rows } = await this.#ask(this.#within(part, filter, index, limit - found.length).execute(this.#db));
      found.push(...rows.map(holdOfRow));
      if (found.length === limit) break;
      await setImmediate();
    }
    return found;
  }

  /** The newest holds of a part of the log, from an index that has one part per block. */
  #within({ from, to }: IndexRange, { job, owner, open }: HoldFilter, index: string, limit: number) {
    const first = Math.floor(from / holdBlock);
    const blocks = Array.from({ length: Math.floor(to / holdBlock) - first + 1 }, (_, at) => sql`${first + at}`);
    const conditions: RawBuilder<unknown>[] = [
      sql`log_id = ${this.#logId()}`,
      sql`idx / ${sql.lit(holdBlock)} in (${sql.join(blocks)}) and idx between ${from} and ${to}`,
    ];
    if (job !== undefined) {
      conditions.push(sql`service_principal_id = ${job.servicePrincipalId} and job_id = ${job.jobId}`);
    }
    if (owner !== undefined) conditions.push(sql`owner = ${owner}`);
    if (open === true) conditions.push(sql.raw(openCondition));
    // SQLite has no statistics, and takes the unique index of the primary key for better than any other.
    const hint = this.#dialect === 'sqlite' ? sql`indexed by ${sql.ref(index)}` : sql``;
    return sql<HoldRow>`select ${sql.join(holdColumns.map((column) => sql.ref(column)))} from hold ${hint}
      where ${sql.join(conditions, sql` and `)} order by idx desc limit ${limit}`;
  }

  #holds({ job, open }: Pick<HoldFilter, 'job' | 'open'>) {
    let holds = this.#db.selectFrom('hold').select(holdColumns).where('log_id', '=', this.#logId());
    if (job !== undefined) {
      holds = holds.where('service_principal_id', '=', job.servicePrincipalId).where('job_id', '=', job.jobId);
    }
    return open === true ? holds.where(sql.raw<boolean>(openCondition)) : holds;
  }

  #logId() {
    return this.#db.selectFrom('audit_head').select('log_id').where('origin', '=', this.#origin);
  }

  async #size(): Promise<number> {
    const head = this.#db.selectFrom('audit_head').select('size').where('origin', '=', this.#origin);
    return (await this.#ask(head.executeTakeFirst()))?.size ?? 0;
  }

  async #ask<Rows>(rows: Promise<Rows>): Promise<Rows> {
    try {
      return await rows;
    } catch (error) {
      throw this.#translate(error);
    }
  }
}

/** The index from which a page is read block by block; undefined when there is none for what is asked for. */
function indexOf({ job, owner, open }: HoldFilter): 'hold_job' | 'hold_owner' | undefined {
  // The open holds of a job have an index of their own.
  if (job !== undefined) return open === true && owner === undefined ? undefined : 'hold_job';
  return owner === undefined ? undefined : 'hold_owner';
}
