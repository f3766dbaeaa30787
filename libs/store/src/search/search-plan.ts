import type { RawBuilder } from 'kysely';
import type { AuditQuery, SearchPage } from '#audit';
import type { Dialect } from '../migrations/dialect.ts';
import { searchBlock } from '../migrations/search-blocks.ts';
import { type IndexRange, windowsOf } from './index-windows.ts';
import { operationTerms } from './operation-terms.ts';
import { leadOf, type ValueTerm } from './search-lead.ts';
import { eventStatement, type LogId, operationStatement, type Part } from './search-statements.ts';

/** What is searched for. */
export type Search = 'events' | 'operations';

/**
 * How much of the log a page may look through, in entries that are read one after the other. Chosen so that the page of
 * any query takes a few hundredths of a second, however large the log and even where nothing fits.
 */
export const mostEffort = 16_384;

// By what is measured on both stores (docs/performance-audit-log.md). `joined`: with other entries that are looked up for it.
const effortOfBlock = 8;
const effortOf = {
  along: { alone: 1, joined: 2 },
  led: { alone: 4, joined: 8 },
} as const;

/**
 * How many blocks one statement may look through along the log, or into one by one in the index of a filter. On SQLite a
 * statement stops everything else, so that a search without hits must not be a single one; on PostgreSQL each one waits
 * for the network.
 */
const mostBlocks = { along: 4, led: 128 } as const;

/** About how many entries that fit the lead one statement may look at. */
export const mostFitting = 2_048;

/** How a search is run. */
export interface SearchPlan {
  /** The term whose index it is read from; without one it is read along the log. */
  readonly lead: ValueTerm | undefined;
  /** Effort for each entry that fits the lead, or each one along the log. */
  readonly perEntry: number;
  /** Whether the positions of the search are those of outcomes, which come after what the query is about. */
  readonly byOutcome: boolean;
  statement(logId: LogId, dialect: Dialect, part: Part): RawBuilder<unknown>;
}

/** Undefined when nothing in any log can be what the query wants. */
export function planOf(search: Search, query: AuditQuery): SearchPlan | undefined {
  return search === 'events' ? planOfEvents(query) : planOfOperations(query);
}

function planOfEvents(query: AuditQuery): SearchPlan {
  const lead = leadOf(query);
  return {
    lead,
    perEntry: effortOf[lead === undefined ? 'along' : 'led'].alone,
    byOutcome: false,
    statement: (logId, dialect, part) => eventStatement(logId, query, lead, dialect, part),
  };
}

function planOfOperations(query: AuditQuery): SearchPlan | undefined {
  const terms = operationTerms(query);
  if (terms === undefined) return undefined;
  const { lead, outcome, without } = terms;
  const joins = outcome !== undefined || without.length > 0 ? 'joined' : 'alone';
  return {
    lead,
    perEntry: effortOf[lead === undefined ? 'along' : 'led'][joins],
    byOutcome: outcome !== undefined,
    statement: (logId, dialect, part) => operationStatement(logId, terms, dialect, part),
  };
}

/** The parts of a range that are looked through one after the other. */
export function windowsFor({ lead }: SearchPlan, range: IndexRange, order: SearchPage['order']): Iterable<IndexRange> {
  return windowsOf(range, order, searchBlock, lead === undefined ? mostBlocks.along : mostBlocks.led);
}

/** The effort of looking through a window in which so many entries fit the lead. */
export function effortFor({ lead, perEntry }: SearchPlan, window: IndexRange, fitting: number): number {
  if (lead === undefined) return perEntry * (window.to - window.from + 1);
  return effortOfLooks(blocksIn(window)) + perEntry * fitting;
}

/** The effort of asking an index of so many blocks whether there is anything in them. */
export function effortOfLooks(blocks: number): number {
  return effortOfBlock * blocks;
}

/** How many blocks a window has a part of. */
export function blocksIn({ from, to }: IndexRange): number {
  return Math.floor(to / searchBlock) - Math.floor(from / searchBlock) + 1;
}
