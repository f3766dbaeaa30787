import { median, whole } from '../figures.ts';
import { table } from '../markdown.ts';
import { circumstances, progress } from '../scenario.ts';
import { BenchLog, type BenchStore, benchStores, type FillRate } from './bench-log.ts';
import { insertPlain, newestRows, type PlainRate } from './plain-rows.ts';

const appenders = 64;
const eventsPerRound = 20_000;
/** How many appenders, and how many events they record. */
const batches = [
  [1, 1_000],
  [4, 4_000],
  [16, 8_000],
  [64, 20_000],
] as const;

/** Appends per second through the log, beside the same rows inserted without it, in turns. */
export async function appendRates(rounds: number): Promise<string> {
  const rows: string[][] = [];
  for (const store of benchStores) rows.push(await rateOf(store, rounds));
  const heads = ['store', 'durability', 'writers', 'appends/s', 'rows/s without the log', 'ratio', 'CPU µs/append'];
  return [
    `Events of pauses (${eventsPerRound} per round, median of ${rounds} rounds), ${appenders} appenders in each writer process, one event at a time each. "Without the log": the rows that the log has just written (entries, personal fields, holds), inserted ${appenders} entries per transaction into tables with the same columns, indexes and durability, ready made and without tree, signature, encryption and lock. CPU is that of the processes that append, without a database server's. ${circumstances()}.`,
    table([...heads, 'CPU µs/row without'], rows),
  ].join('\n\n');
}

/** What an append costs in small batches: so many appenders, so many events per transaction. */
export async function batchCosts(): Promise<string> {
  const rows: string[][] = [];
  for (const store of benchStores) rows.push(...(await costsOf(store)));
  return [
    `The same events with one writer process; each transaction carries about as many as there are appenders. ${circumstances()}.`,
    table(['store', 'appenders', 'appends/s', 'CPU µs/append'], rows),
  ].join('\n\n');
}

async function costsOf({ name, start }: BenchStore): Promise<string[][]> {
  const database = await start();
  const log = new BenchLog(database);
  try {
    const rows: string[][] = [];
    for (const [appenders, events] of batches) {
      const { perSecond, cpuMicros } = await log.fill({ writers: 1, appenders, events });
      rows.push([name, String(appenders), whole(perSecond), whole(cpuMicros)]);
      progress(`${name}, ${appenders} appenders: ${whole(perSecond)} appends/s, ${whole(cpuMicros)} µs CPU each`);
    }
    return rows;
  } finally {
    log.remove();
    await database.stop();
  }
}

async function rateOf({ name, writers, start }: BenchStore, rounds: number): Promise<string[]> {
  const database = await start();
  const log = new BenchLog(database);
  try {
    const [ours, plain]: [FillRate[], PlainRate[]] = [[], []];
    for (let round = 1; round <= rounds; round++) {
      const filled = await log.fill({ writers, appenders, events: eventsPerRound });
      const rows = await newestRows(database, log.origin, eventsPerRound);
      const inserted = await insertPlain(database, rows, writers);
      ours.push(filled);
      plain.push(inserted);
      progress(
        `${name} round ${round}: ${whole(filled.perSecond)} appends/s (${whole(filled.cpuMicros)} µs CPU), ${whole(inserted.perSecond)} rows/s without the log (${whole(inserted.cpuMicros)} µs CPU)`,
      );
    }
    const ratios = ours.map(({ perSecond }, round) => perSecond / (plain[round]?.perSecond ?? NaN));
    const [log50, plain50] = [middle(ours), middle(plain)];
    return [
      name,
      await durabilityOf(database.url, database.sql),
      String(writers),
      whole(log50.perSecond),
      whole(plain50.perSecond),
      median(ratios).toFixed(2),
      whole(log50.cpuMicros),
      whole(plain50.cpuMicros),
    ];
  } finally {
    log.remove();
    await database.stop();
  }
}

function middle(rates: readonly FillRate[]): FillRate {
  return {
    perSecond: median(rates.map(({ perSecond }) => perSecond)),
    cpuMicros: median(rates.map(({ cpuMicros }) => cpuMicros)),
  };
}

async function durabilityOf(url: string, sql: (text: string) => Promise<Record<string, unknown>[]>): Promise<string> {
  if (url.startsWith('sqlite')) return 'WAL, synchronous=FULL';
  const [settings = {}] = await sql(`select current_setting('server_version') as version,
    current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`);
  return `${String(settings['version']).split(' ')[0] ?? ''}, fsync=${String(settings['fsync'])}, synchronous_commit=${String(settings['commit'])}`;
}
