import { median, whole } from '../figures.ts';
import { table } from '../markdown.ts';
import { circumstances, progress } from '../scenario.ts';
import { BenchLog, type BenchStore, benchStores } from './bench-log.ts';
import { insertPlain, newestRows } from './plain-rows.ts';

const appenders = 64;
const eventsPerRound = 20_000;

/** Appends per second through the log, beside the same rows inserted without it, in turns. */
export async function appendRates(rounds: number): Promise<string> {
  const rows: string[][] = [];
  for (const store of benchStores) rows.push(await rateOf(store, rounds));
  return [
    `Events of pauses (${eventsPerRound} per round, median of ${rounds} rounds), ${appenders} appenders in each writer process, one event at a time each. "Without the log": the rows that the log has just written, inserted ${appenders} per transaction into tables with the same columns, indexes and durability, ready made and without tree, signature and lock. ${circumstances()}.`,
    table(['store', 'durability', 'writers', 'appends/s', 'rows/s without the log', 'ratio'], rows),
  ].join('\n\n');
}

async function rateOf({ name, writers, start }: BenchStore, rounds: number): Promise<string[]> {
  const database = await start();
  const log = new BenchLog(database);
  try {
    const [ours, plain]: [number[], number[]] = [[], []];
    for (let round = 1; round <= rounds; round++) {
      ours.push(await log.fill({ writers, appenders, events: eventsPerRound }));
      plain.push(await insertPlain(database, await newestRows(database, log.origin, eventsPerRound), writers));
      progress(
        `${name} round ${round}: ${whole(ours.at(-1) ?? 0)} appends/s, ${whole(plain.at(-1) ?? 0)} rows/s without the log`,
      );
    }
    const ratios = ours.map((rate, round) => rate / (plain[round] ?? NaN));
    const durability = await durabilityOf(database.url, database.sql);
    return [name, durability, String(writers), whole(median(ours)), whole(median(plain)), median(ratios).toFixed(2)];
  } finally {
    log.remove();
    await database.stop();
  }
}

async function durabilityOf(url: string, sql: (text: string) => Promise<Record<string, unknown>[]>): Promise<string> {
  if (url.startsWith('sqlite')) return 'WAL, synchronous=FULL';
  const [settings = {}] = await sql(`select current_setting('server_version') as version,
    current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`);
  return `${String(settings['version']).split(' ')[0] ?? ''}, fsync=${String(settings['fsync'])}, synchronous_commit=${String(settings['commit'])}`;
}
