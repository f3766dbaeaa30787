import { type Kysely, sql } from 'kysely';
import type { LogOrigin } from '#audit';
import { type Hold, HoldBook, type HoldFilter, isOpen, type StandingHolds } from '#holds';
import type { EventId, JobRef } from '#kernel';
import type { TranslateError } from '../foreign-error.ts';
import { openCondition } from '../migrations/open-holds.ts';
import type { Database } from '../schema.ts';
import { holdColumns, holdOfRow } from './hold-row.ts';

/** {@link HoldBook} of one log; the same SQL on both dialects. */
export class SqlHoldBook extends HoldBook {
  readonly #db: Kysely<Database>;
  readonly #origin: LogOrigin;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, origin: LogOrigin, translate: TranslateError) {
    super();
    this.#db = db;
    this.#origin = origin;
    this.#translate = translate;
  }

  /** The size is read first: what is committed in between makes the answer look older than it is, never newer. */
  override async ofJob(job: JobRef): Promise<StandingHolds> {
    const head = await this.#ask(
      this.#db.selectFrom('audit_head').select('size').where('origin', '=', this.#origin).executeTakeFirst(),
    );
    const rows = await this.#ask(this.#holds({ job, open: true }).orderBy('idx').execute());
    return { holds: rows.map(holdOfRow).filter(isOpen), asOf: head?.size ?? 0 };
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
    const matching = this.#holds(filter).orderBy('idx', 'desc').limit(limit);
    const rows = await this.#ask((below === undefined ? matching : matching.where('idx', '<', below)).execute());
    return rows.map(holdOfRow);
  }

  #holds({ job, owner, open }: HoldFilter) {
    const logId = this.#db.selectFrom('audit_head').select('log_id').where('origin', '=', this.#origin);
    let holds = this.#db.selectFrom('hold').select(holdColumns).where('log_id', '=', logId);
    if (job !== undefined) {
      holds = holds.where('service_principal_id', '=', job.servicePrincipalId).where('job_id', '=', job.jobId);
    }
    if (owner !== undefined) holds = holds.where('owner', '=', owner);
    return open === true ? holds.where(sql.raw<boolean>(openCondition)) : holds;
  }

  async #ask<Rows>(rows: Promise<Rows>): Promise<Rows> {
    try {
      return await rows;
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
