import type { Kysely } from 'kysely';
import type { AuditQuery, QueryTerm, SearchPage } from '#audit';
import { toTimestamp } from '#kernel';
import type { Dialect } from '../migrations/dialect.ts';
import { periodBlock } from '../migrations/log-periods.ts';
import { searchBlock } from '../migrations/search-blocks.ts';
import type { Database } from '../schema.ts';
import { type IndexRange, rangeOf, windowsOf } from './index-windows.ts';
import type { ValueTerm } from './search-lead.ts';
import { blocksIn, effortFor, effortOfLooks, mostFitting, type SearchPlan, windowsFor } from './search-plan.ts';
import { countStatement, type LogId, periodStatement } from './search-statements.ts';

type CreatedTerm = Extract<QueryTerm, { readonly kind: 'created' }>;

/** Beyond any log. */
export const nowhere: IndexRange = { from: Number.MAX_SAFE_INTEGER, to: -1 };

/** A part of the log that is looked through with one statement. */
export interface Step {
  readonly range: IndexRange;
  readonly effort: number;
  /** Whether it is known that there is nothing. */
  readonly barren: boolean;
}

/** Decides where a search looks, and in parts of which size, by what the indexes tell. */
export class SearchSteps {
  readonly #db: Kysely<Database>;
  readonly #dialect: Dialect;
  readonly #logId: LogId;

  constructor(db: Kysely<Database>, dialect: Dialect, logId: LogId) {
    this.#db = db;
    this.#dialect = dialect;
    this.#logId = logId;
  }

  /** The range in parts of bounded effort, in the order of the page. */
  of(plan: SearchPlan, query: AuditQuery, range: IndexRange, order: SearchPage['order']): AsyncGenerator<Step> {
    const { lead } = plan;
    return lead === undefined
      ? this.#along(plan, query.find(isPeriod), range, order)
      : this.#led(plan, lead, range, order);
  }

  /** Small parts where many entries fit the lead; one block alone cannot hold many, and is often all that a page needs. */
  async *#led(
    plan: SearchPlan,
    lead: ValueTerm,
    range: IndexRange,
    order: SearchPage['order'],
  ): AsyncGenerator<Step, void, undefined> {
    for (const window of windowsFor(plan, range, order)) {
      const blocks = blocksIn(window);
      const fitting = blocks === 1 ? undefined : await this.#count(lead, window);
      const part = Math.max(1, Math.floor((mostFitting / Math.max(1, fitting ?? 0)) * blocks));
      const parts = part < blocks ? windowsOf(window, order, searchBlock, part, part) : [window];
      for (const one of parts) {
        const effort = effortFor(plan, one, ((fitting ?? 0) * blocksIn(one)) / blocks);
        yield { range: one, effort, barren: fitting === 0 };
      }
    }
  }

  /** Passes over blocks in which nothing happened in the period: few entries with a wrong time can make it a long one. */
  async *#along(
    plan: SearchPlan,
    period: CreatedTerm | undefined,
    range: IndexRange,
    order: SearchPage['order'],
  ): AsyncGenerator<Step, void, undefined> {
    for (const window of windowsFor(plan, range, order)) {
      const read = period === undefined || blocksIn(window) === 1 || (await this.#periodOf(period, window)) !== nowhere;
      if (read) {
        yield { range: window, effort: effortFor(plan, window, 0), barren: false };
        continue;
      }
      const left = order === 'oldest' ? { ...range, from: window.from } : { ...range, to: window.to };
      const [passed, rest] = cutAt(await this.#periodOf(period, left), left, order);
      yield { range: passed, effort: effortOfLooks(blocksIn(passed) / (periodBlock / searchBlock)), barren: true };
      yield* this.#along(plan, period, rest, order);
      return;
    }
  }

  async #count(lead: ValueTerm, range: IndexRange): Promise<number> {
    const { rows } = await countStatement(this.#logId, lead, this.#dialect, range).execute(this.#db);
    return rows[0]?.fitting ?? 0;
  }

  /** Where the page can find anything, times included. */
  async rangeOf({ byOutcome }: SearchPlan, query: AuditQuery, page: SearchPage): Promise<IndexRange> {
    const ends: Partial<IndexRange>[] = [];
    for (const term of query) {
      if (term.kind === 'index' && !term.negated) ends.push(term);
      if (isPeriod(term)) ends.push(await this.#periodOf(term, { from: 0, to: page.size - 1 }));
    }
    // Outcomes come after their intents, and it is the intents that the ends are about.
    return rangeOf(byOutcome ? ends.map(({ from }) => ({ ...(from !== undefined && { from }) })) : ends, page);
  }

  /** A part of the range outside of which nothing in it happened at that time, in whole blocks. */
  async #periodOf(term: CreatedTerm, range: IndexRange): Promise<IndexRange> {
    const { rows } = await this.periodStatement(term, range).execute(this.#db);
    const [period] = rows;
    if (period === undefined || period.first === null || period.last === null) return nowhere;
    return { from: period.first * periodBlock, to: (period.last + 1) * periodBlock - 1 };
  }

  /** Asks for the blocks of the range in which anything happened at that time. */
  periodStatement({ from, to }: CreatedTerm, range: IndexRange) {
    const time = {
      ...(from !== undefined && { from: toTimestamp(from) }),
      ...(to !== undefined && { to: toTimestamp(to) }),
    };
    const blocks = { first: Math.floor(range.from / periodBlock), last: Math.floor(range.to / periodBlock) };
    return periodStatement(this.#logId, time, blocks, this.#dialect);
  }
}

function isPeriod(term: QueryTerm): term is CreatedTerm {
  return term.kind === 'created' && !term.negated;
}

/** What of a range comes before the other one, in the page's direction, and what is left from there on. */
function cutAt(other: IndexRange, range: IndexRange, order: SearchPage['order']): readonly [IndexRange, IndexRange] {
  if (other === nowhere) return [range, nowhere];
  if (order === 'oldest') {
    return [
      { from: range.from, to: other.from - 1 },
      { from: other.from, to: range.to },
    ];
  }
  return [
    { from: other.to + 1, to: range.to },
    { from: range.from, to: other.to },
  ];
}
