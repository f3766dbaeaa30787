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
import { type EventId, toTimestamp } from '#kernel';
import type { TranslateError } from '../foreign-error.ts';
import { columnOf, leafFields } from '../leaf-row.ts';
import { entryOfRow, type LeafRow } from '../log-reader.ts';
import type { Dialect } from '../migrations/dialect.ts';
import { periodBlock } from '../migrations/log-periods.ts';
import { searchBlock } from '../migrations/search-blocks.ts';
import type { Database } from '../schema.ts';
import { type IndexRange, rangeOf, windowsOf } from './index-windows.ts';
import {
  blocksIn,
  effortFor,
  mostEffort,
  mostFitting,
  planOf,
  type Search,
  type SearchPlan,
  windowsFor,
} from './search-plan.ts';
import type { ValueTerm } from './search-lead.ts';
import { countStatement, type LogId, logIdOf, periodStatement } from './search-statements.ts';

type CreatedTerm = Extract<AuditQuery[number], { readonly kind: 'created' }>;

/** Beyond any log. */
const nowhere: IndexRange = { from: Number.MAX_SAFE_INTEGER, to: -1 };

type PositionedRow = LeafRow & { readonly position: number };

/** A part of the log that is looked through with one statement. */
interface Step {
  readonly range: IndexRange;
  readonly effort: number;
  /** Whether it is known that there is nothing. */
  readonly barren: boolean;
}

/** Finds entries of one log in either dialect. */
export class SqlAuditSearch extends AuditSearch {
  readonly #db: Kysely<Database>;
  readonly #dialect: Dialect;
  readonly #translate: TranslateError;
  readonly #logId: LogId;

  constructor(db: Kysely<Database>, dialect: Dialect, origin: LogOrigin, translate: TranslateError) {
    super();
    this.#db = db;
    this.#dialect = dialect;
    this.#translate = translate;
    this.#logId = logIdOf(db, origin);
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
    const range = [...windowsFor(plan, await this.#rangeOf(plan, query, page), page.order)].at(-1) ?? nowhere;
    return this.#explain(plan.statement(this.#logId, this.#dialect, { range, ...page }));
  }

  /** How the database would find the part of the log that the first time in a query is about. */
  async planOfPeriod(query: AuditQuery, { size }: SearchPage): Promise<string> {
    const term = query.find((one) => one.kind === 'created');
    return term === undefined ? '' : this.#explain(this.#periodStatement(term, size));
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
    const range = await this.#rangeOf(plan, query, page);
    const found: Found[] = [];
    let effort = 0;
    for await (const step of this.#steps(plan, range, page.order)) {
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

  /** The range in parts of bounded effort: where many entries fit the lead, and not all of them the query, in small ones. */
  async *#steps(plan: SearchPlan, range: IndexRange, order: SearchPage['order']): AsyncGenerator<Step> {
    const { lead } = plan;
    for (const window of windowsFor(plan, range, order)) {
      const blocks = blocksIn(window);
      // One block alone cannot hold many, and is all that a page of what is frequent needs.
      const counted = lead !== undefined && blocks > 1;
      const fitting = counted ? await this.#count(lead, window) : 0;
      // In equal parts of at most so many entries that a statement does not take long.
      const part = Math.max(1, Math.floor((mostFitting / Math.max(1, fitting)) * blocks));
      const steps = part < blocks ? windowsOf(window, order, searchBlock, part, part) : [window];
      for (const one of steps) {
        const effort = effortFor(plan, one, (fitting * blocksIn(one)) / blocks);
        yield { range: one, effort, barren: counted && fitting === 0 };
      }
    }
  }

  async #count(lead: ValueTerm, range: IndexRange): Promise<number> {
    const { rows } = await countStatement(this.#logId, lead, this.#dialect, range).execute(this.#db);
    return rows[0]?.fitting ?? 0;
  }

  /** Where the page can find anything, times included. */
  async #rangeOf({ byOutcome }: SearchPlan, query: AuditQuery, page: SearchPage): Promise<IndexRange> {
    const ends: Partial<IndexRange>[] = [];
    for (const term of query) {
      if (term.kind === 'index' && !term.negated) ends.push(term);
      if (term.kind === 'created' && !term.negated) ends.push(await this.#periodOf(term, page.size));
    }
    // Outcomes come after their intents, and it is the intents that the ends are about.
    return rangeOf(byOutcome ? ends.map(({ from }) => ({ ...(from !== undefined && { from }) })) : ends, page);
  }

  /** A range outside of which nothing happened at that time, in whole blocks. */
  async #periodOf(term: CreatedTerm, size: number): Promise<IndexRange> {
    const { rows } = await this.#periodStatement(term, size).execute(this.#db);
    const [period] = rows;
    if (period === undefined || period.first === null || period.last === null) return nowhere;
    return { from: period.first * periodBlock, to: (period.last + 1) * periodBlock - 1 };
  }

  #periodStatement({ from, to }: CreatedTerm, size: number) {
    const time = {
      ...(from !== undefined && { from: toTimestamp(from) }),
      ...(to !== undefined && { to: toTimestamp(to) }),
    };
    return periodStatement(this.#logId, time, Math.ceil(size / periodBlock), this.#dialect);
  }

  async #ask<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
