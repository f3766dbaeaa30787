import { setImmediate } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import {
  type AuditQuery,
  AuditSearch,
  type Found,
  type FoundPart,
  type LogOrigin,
  type SearchPage,
  type StoredEntry,
} from '#audit';
import type { EventId } from '#kernel';
import type { TranslateError } from '../foreign-error.ts';
import { columnOf, leafFields } from '../leaf-row.ts';
import { entryOfRow, type LeafRow } from '../log-reader.ts';
import type { Dialect } from '../migrations/dialect.ts';
import type { Database } from '../schema.ts';
import { mostEffort, planOf, type Search, windowsFor } from './search-plan.ts';
import { type LogId, logIdOf } from './search-statements.ts';
import { nowhere, SearchSteps } from './search-steps.ts';

type PositionedRow = LeafRow & { readonly position: number };

/** Finds entries of one log in either dialect. */
export class SqlAuditSearch extends AuditSearch {
  readonly #db: Kysely<Database>;
  readonly #dialect: Dialect;
  readonly #translate: TranslateError;
  readonly #logId: LogId;
  readonly #steps: SearchSteps;

  constructor(db: Kysely<Database>, dialect: Dialect, origin: LogOrigin, translate: TranslateError) {
    super();
    this.#db = db;
    this.#dialect = dialect;
    this.#translate = translate;
    this.#logId = logIdOf(db, origin);
    this.#steps = new SearchSteps(db, dialect, this.#logId);
  }

  override events(query: AuditQuery, page: SearchPage): Promise<FoundPart> {
    return this.#ask(() => this.#search('events', query, page));
  }

  override operations(query: AuditQuery, page: SearchPage): Promise<FoundPart> {
    return this.#ask(() => this.#search('operations', query, page));
  }

  override async following(intents: readonly EventId[]): Promise<readonly StoredEntry[]> {
    if (intents.length === 0) return [];
    const rows = await this.#ask(() => this.#leaves().where('parent', 'in', intents).orderBy('idx').execute());
    // Sorted here: asked to, SQLite would read the whole log in order rather than the index of the parents.
    return rows.map(entryOfRow).sort((one, other) => one.index - other.index);
  }

  override async find(eventId: EventId): Promise<StoredEntry | undefined> {
    const row = await this.#ask(() => this.#leaves().where('event_id', '=', eventId).executeTakeFirst());
    return row && entryOfRow(row);
  }

  override async pseudonymsOf(objectId: string): Promise<readonly string[]> {
    const rows = await this.#ask(() =>
      this.#db.selectFrom('subject').select('ref').where('object_id', '=', objectId).execute(),
    );
    return rows.map(({ ref }) => ref);
  }

  /** How the database would run the last statement of a search: its own words, for tests and for operators. */
  async plan(search: Search, query: AuditQuery, page: SearchPage): Promise<string> {
    const plan = planOf(search, query);
    if (plan === undefined) return '';
    const range = [...windowsFor(plan, await this.#steps.rangeOf(plan, query, page), page.order)].at(-1) ?? nowhere;
    return this.#explain(plan.statement(this.#logId, this.#dialect, { range, ...page }));
  }

  /** How the database would find the part of the log that the first time in a query is about. */
  async planOfPeriod(query: AuditQuery, { size }: SearchPage): Promise<string> {
    const term = query.find((one) => one.kind === 'created');
    return term === undefined ? '' : this.#explain(this.#steps.periodStatement(term, { from: 0, to: size - 1 }));
  }

  async #explain(statement: RawBuilder<unknown>): Promise<string> {
    const explain = this.#dialect === 'sqlite' ? sql`explain query plan` : sql`explain`;
    const { rows } = await this.#ask(() => sql<Record<string, unknown>>`${explain} ${statement}`.execute(this.#db));
    return rows.map((row) => String(row['detail'] ?? row['QUERY PLAN'])).join('\n');
  }

  #leaves() {
    return this.#db
      .selectFrom('audit_leaf')
      .select(['idx', 'event_id', 'body', ...leafFields.map((field) => columnOf[field])])
      .where('log_id', '=', sql<number>`${this.#logId}`);
  }

  async #search(search: Search, query: AuditQuery, page: SearchPage): Promise<FoundPart> {
    const plan = planOf(search, query);
    if (plan === undefined) return { found: [] };
    const range = await this.#steps.rangeOf(plan, query, page);
    const found: Found[] = [];
    let effort = 0;
    for await (const step of this.#steps.of(plan, query, range, page.order)) {
      const part = { range: step.range, order: page.order, limit: page.limit - found.length };
      if (!step.barren) found.push(...(await this.#found(plan.statement(this.#logId, this.#dialect, part))));
      const last = found.at(-1);
      if (last !== undefined && found.length >= page.limit) return { found, next: last.position };
      effort += step.effort;
      const [next, end] = page.order === 'oldest' ? [step.range.to, range.to] : [step.range.from, range.from];
      if (effort >= mostEffort && next !== end) return { found, next };
      await setImmediate();
    }
    return { found };
  }

  async #found(statement: RawBuilder<unknown>): Promise<Found[]> {
    const { rows } = await (statement as RawBuilder<PositionedRow>).execute(this.#db);
    return rows.map((row) => ({ entry: entryOfRow(row), position: row.position }));
  }

  async #ask<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
