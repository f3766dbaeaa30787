import { parseQuery, type StoredEntry } from '#audit';
import type { SqlAuditSearch, Store } from '#store';
import { SeededRandom } from '../../support/seeded-random.ts';
import { millis, percentile } from '../figures.ts';
import { table } from '../markdown.ts';
import { circumstances, progress } from '../scenario.ts';
import type { BenchLog, NamedLog } from './bench-log.ts';
import { type Filter, filters } from './search-filters.ts';

/** Of each filter and kind of search: half of them first pages, half of them deep ones. */
const samples = 100;
/** How many entries the filters are about. */
const subjects = 100;
const limit = 51;

const kinds = ['events', 'operations'] as const;
type Kind = (typeof kinds)[number];

/** The searches of one log, and entries that its filters can be about. */
interface Searched {
  readonly search: SqlAuditSearch;
  readonly size: number;
  readonly random: SeededRandom;
  readonly subject: () => StoredEntry;
}

/** The slowest hundredth of searches by each filter, in milliseconds, and the index that each is read from. */
export async function searchLatencies(logs: readonly NamedLog[]): Promise<string> {
  const columns = await ofEach(logs, (searched, filter, kind) => latencyOf(searched, filter, kind));
  const indexes = await ofEach(logs, (searched, filter, kind) => indexOf(searched, filter, kind));
  const heads = logs.flatMap(({ name }) => kinds.map((kind) => `${name} ${kind}`));
  return [
    `p50 / p99 in milliseconds of ${samples} searches per filter, newest first, 51 entries at most with their bodies; every second one goes on from a position drawn at random. \\* some pages ended early, after a bounded part of the log, with a link to the next. ${circumstances()}.`,
    filterTable(heads, columns),
    'The index that each is read from, as EXPLAIN tells it for the last statement of a page:',
    filterTable(heads, indexes),
  ].join('\n\n');
}

function filterTable(heads: readonly string[], columns: readonly (readonly string[])[]): string {
  const rows = filters.map(([name], at) => [`\`${name}\``, ...columns.map((column) => column[at] ?? '')]);
  return table(['filter', ...heads], rows);
}

/** A column per log and kind of search, with a cell per filter. */
async function ofEach(
  logs: readonly NamedLog[],
  cellOf: (searched: Searched, filter: Filter, kind: Kind) => Promise<string>,
): Promise<string[][]> {
  const columns: string[][] = [];
  for (const { name, log } of logs) {
    await log.use(async (store) => {
      const searched = await searchedOf(log, store);
      for (const kind of kinds) {
        const column: string[] = [];
        for (const filter of filters) column.push(await cellOf(searched, filter, kind));
        columns.push(column);
        progress(`${name}: searched for ${kind}`);
      }
    });
  }
  return columns;
}

async function searchedOf(log: BenchLog, store: Store): Promise<Searched> {
  const entries = store.log(log.origin);
  const size = (await entries.head())?.size ?? 0;
  const random = new SeededRandom(1);
  // Intents and denials: these have a value in every column that a filter is about.
  const drawn: StoredEntry[] = [];
  while (drawn.length < subjects) {
    const from = random.next(size - 10);
    const found = (await entries.entries(from, from + 10)).find(({ columns }) => columns.rule !== undefined);
    if (found !== undefined) drawn.push(found);
  }
  const subject = () => drawn[random.next(subjects)] ?? drawn[0]!;
  return { search: store.search(log.origin), size, random, subject };
}

async function latencyOf({ search, size, random, subject }: Searched, [, text]: Filter, kind: Kind): Promise<string> {
  const times: number[] = [];
  let early = false;
  for (let sample = 0; sample < samples; sample++) {
    const query = parseQuery(text(subject()));
    const after = sample % 2 === 1 ? { after: random.next(size) } : {};
    const began = performance.now();
    const { found, next } = await search[kind](query, { order: 'newest', size, limit, ...after });
    times.push(performance.now() - began);
    early ||= found.length < limit && next !== undefined;
  }
  return `${millis(percentile(times, 50))} / ${millis(percentile(times, 99))}${early ? ' \\*' : ''}`;
}

async function indexOf({ search, size, subject }: Searched, [, text]: Filter, kind: Kind): Promise<string> {
  const plan = await search.plan(kind, parseQuery(text(subject())), { order: 'newest', size, limit });
  if (plan === '') return 'none: nothing can fit';
  const [, index = ''] = /(?:INDEX|using|Index Scan on) (\w*audit_leaf\w*)/.exec(plan) ?? [];
  return index === 'audit_leaf_pkey' || index.startsWith('sqlite_autoindex') ? 'along the log' : `\`${index}\``;
}
