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

  /** The range in parts of bounded effort: small ones where there are many entries to look at, none where there are none. */
  async *of(plan: SearchPlan, query: AuditQuery, range: IndexRange, order: SearchPage['order']): AsyncGenerator<Step> {
    const { lead } = plan;
    const period = query.find(isPeriod);
    for (const window of windowsFor(plan, range, order)) {
      const blocks = blocksIn(window);
      // One block alone cannot hold many, and is all that a page of what is frequent needs.
      const first = blocks === 1;
      if (lead === undefined) {
        const barren = !first && period !== undefined && (await this.#periodOf(period, window)) === nowhere;
        yield { range: window, effort: barren ? effortOfLooks(blocks) : effortFor(plan, window, 0), barren };
        continue;
      }
      const fitting = first ? 0 : await this.#count(lead, window);
      // In equal parts of at most so many entries that a statement does not take long.
      const part = Math.max(1, Math.floor((mostFitting / Math.max(1, fitting)) * blocks));
      const steps = part < blocks ? windowsOf(window, order, searchBlock, part, part) : [window];
      for (const one of steps) {
        const effort = effortFor(plan, one, (fitting * blocksIn(one)) / blocks);
        yield { range: one, effort, barren: !first && fitting === 0 };
      }
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
