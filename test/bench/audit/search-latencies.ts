import { parseQuery, type StoredEntry } from '#audit';
import { SeededRandom } from '../../support/seeded-random.ts';
import { millis, percentile } from '../figures.ts';
import { table } from '../markdown.ts';
import { circumstances } from '../scenario.ts';
import type { NamedLog } from './bench-log.ts';

/** Of each filter and kind of search: half of them first pages, half of them deep ones. */
const samples = 200;
/** How many entries the filters are about. */
const subjects = 100;
const limit = 51;

const day = (entry: StoredEntry) => entry.columns.time.slice(0, 10);
const quoted = (value = '') => `"${value}"`;

/** Filters as reviewers combine them, about an entry that is drawn at random. */
const filters: readonly (readonly [name: string, text: (entry: StoredEntry) => string])[] = [
  ['(none)', () => ''],
  ['actor', ({ columns }) => `actor:${columns.actor ?? ''}`],
  ['application', ({ columns }) => `application:${columns.application ?? ''}`],
  ['action', () => 'action:pause'],
  ['action that never was', () => 'action:start'],
  ['type', ({ columns }) => `type:${columns.type}`],
  ['principal', ({ columns }) => `principal:${columns.servicePrincipalId ?? ''}`],
  ['job', ({ columns }) => `job:${quoted(columns.jobId)}`],
  ['decision', () => 'decision:deny'],
  ['outcome', () => 'outcome:unknown'],
  ['rule', ({ columns }) => `rule:${columns.rule ?? ''}`],
  ['ticket', ({ columns }) => `ticket:${columns.ticket ?? ''}`],
  ['request', ({ columns }) => `request:${columns.requestId ?? ''}`],
  ['client-request', ({ columns }) => `client-request:${columns.clientRequestId ?? ''}`],
  ['created: everything', () => 'created:2020-01-01..2030-01-01'],
  ['created: one day', (entry) => `created:${day(entry)}`],
  ['created: from a day on', (entry) => `created:${day(entry)}..*`],
  ['created: up to a day', (entry) => `created:*..${day(entry)}`],
  ['index', ({ index }) => `index:${index}..${index + 1_000}`],
  ['-action:read', () => '-action:read'],
  ['job, outcome', ({ columns }) => `job:${quoted(columns.jobId)} outcome:failure`],
  ['actor, one day', (entry) => `actor:${entry.columns.actor ?? ''} created:${day(entry)}`],
  ['outcome, everything', () => 'outcome:unknown created:2020-01-01..2030-01-01'],
  ['action, one day, -rule', (entry) => `action:pause created:${day(entry)} -rule:${entry.columns.rule ?? ''}`],
];

/** The slowest hundredth of searches by each filter, in milliseconds. */
export async function searchLatencies(logs: readonly NamedLog[]): Promise<string> {
  const columns: string[][] = [];
  for (const log of logs) columns.push(...(await latenciesOf(log)));
  const rows = filters.map(([name], at) => [`\`${name}\``, ...columns.map((column) => column[at] ?? '')]);
  const heads = logs.flatMap(({ name }) => [`${name} events`, `${name} operations`]);
  return [
    `p50 / p99 in milliseconds of ${samples} searches per filter, newest first, 51 entries at most with their bodies; every second one goes on from a position drawn at random. ${circumstances()}.`,
    table(['filter', ...heads], rows),
  ].join('\n\n');
}

/** Two columns: searches for events and for operations. */
function latenciesOf({ log }: NamedLog): Promise<string[][]> {
  return log.use(async (store) => {
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
    const search = store.search(log.origin);
    const kinds = [search.events.bind(search), search.operations.bind(search)];
    const columns: string[][] = [];
    for (const kind of kinds) {
      const column: string[] = [];
      for (const [, text] of filters) {
        const times: number[] = [];
        for (let sample = 0; sample < samples; sample++) {
          const query = parseQuery(text(subject()));
          const after = sample % 2 === 1 ? { after: random.next(size) } : {};
          times.push(await timeOf(() => kind(query, { order: 'newest', size, limit, ...after })));
        }
        column.push(`${millis(percentile(times, 50))} / ${millis(percentile(times, 99))}`);
      }
      columns.push(column);
    }
    return columns;
  });
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
