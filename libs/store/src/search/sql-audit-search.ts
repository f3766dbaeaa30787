import { setImmediate } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type AuditQuery, AuditSearch, type Found, type LogOrigin, type SearchPage, type StoredEntry } from '#audit';
import { type EventId, toTimestamp } from '#kernel';
import type { TranslateError } from '../foreign-error.ts';
import { columnOf, leafFields } from '../leaf-row.ts';
import { entryOfRow, type LeafRow } from '../log-reader.ts';
import type { Dialect } from '../migrations/dialect.ts';
import { periodBlock } from '../migrations/log-periods.ts';
import { searchBlock } from '../migrations/search-blocks.ts';
import type { Database } from '../schema.ts';
import { blockWindowsOf, type IndexRange, rangeOf, windowsOf } from './index-windows.ts';
import { leadingField } from './search-conditions.ts';
import { eventStatement, type LogId, logIdOf, operationStatement, periodStatement } from './search-statements.ts';

/**
 * How many entries one statement may look through when no index leads to what is wanted. On SQLite a statement stops
 * everything else, so that a search without hits must not be a single one.
 */
const windowWidth = 10_000;

/** How many blocks of the index of a filter one statement may look into: of one value there may be that many entries. */
const mostBlocks = 32;

const statements = { events: eventStatement, operations: operationStatement } as const;
type Search = keyof typeof statements;
type CreatedTerm = Extract<AuditQuery[number], { readonly kind: 'created' }>;

/** Beyond any log. */
const nowhere: IndexRange = { from: Number.MAX_SAFE_INTEGER, to: -1 };

type PositionedRow = LeafRow & { readonly position: number };

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

  override events(query: AuditQuery, page: SearchPage): Promise<readonly Found[]> {
    return this.#ask(() => this.#search('events', query, page));
  }

  override operations(query: AuditQuery, page: SearchPage): Promise<readonly Found[]> {
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
    const range = [...windowsFor(query, await this.#rangeOf(search, query, page), page)].at(-1) ?? nowhere;
    const part = { range, order: page.order, limit: page.limit };
    return this.#explain(statements[search](this.#logId, query, this.#dialect, part));
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

  async #search(search: Search, query: AuditQuery, page: SearchPage): Promise<readonly Found[]> {
    const range = await this.#rangeOf(search, query, page);
    const found: Found[] = [];
    for (const window of windowsFor(query, range, page)) {
      const part = { range: window, order: page.order, limit: page.limit - found.length };
      const statement = statements[search](this.#logId, query, this.#dialect, part);
      const { rows } = await (statement as RawBuilder<PositionedRow>).execute(this.#db);
      found.push(...rows.map((row) => ({ entry: entryOfRow(row), position: row.position })));
      if (found.length >= page.limit) break;
      await setImmediate();
    }
    return found;
  }

  /** Where the page can find anything, times included. */
  async #rangeOf(search: Search, query: AuditQuery, page: SearchPage): Promise<IndexRange> {
    const ends: Partial<IndexRange>[] = [];
    for (const term of query) {
      if (term.kind === 'index' && !term.negated) ends.push(term);
      if (term.kind === 'created' && !term.negated) ends.push(await this.#periodOf(term, page.size));
    }
    // Outcomes come after their intents, and it is the intents that the ends are about.
    const ledByOutcome = search === 'operations' && leadsByOutcome(query);
    return rangeOf(ledByOutcome ? ends.map(({ from }) => ({ ...(from !== undefined && { from }) })) : ends, page);
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

/** The parts in which a range is looked through. */
function windowsFor(query: AuditQuery, range: IndexRange, { order }: SearchPage): Iterable<IndexRange> {
  return leadingField(query) === undefined
    ? windowsOf(range, order, windowWidth)
    : blockWindowsOf(range, order, searchBlock, mostBlocks);
}

function leadsByOutcome(query: AuditQuery): boolean {
  return query.some((term) => term.kind === 'value' && term.field === 'outcome' && !term.negated);
}
