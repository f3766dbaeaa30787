import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Pool, type PoolClient } from 'pg';
import type { TestDatabase } from '../../store/databases.ts';

/** As many as the appenders of one writer, which share a transaction. */
const batch = 64;

type Row = Record<string, unknown>;

/** Rows of the log's newest entries, of their disclosures and of the holds that they made. */
export interface PlainRows {
  readonly leaves: readonly Row[];
  readonly disclosures: readonly Row[];
  readonly holds: readonly Row[];
}

/** What inserting them took. */
export interface PlainRate {
  readonly perSecond: number;
  /** Of this process, per entry, in microseconds; without what a database server takes. */
  readonly cpuMicros: number;
}

/** The tables that an append writes rows into, by what {@link PlainRows} calls them. */
const tables = [
  ['leaves', 'audit_leaf'],
  ['disclosures', 'audit_private'],
  ['holds', 'hold'],
] as const;

const ofLog = (origin: string) => `log_id = (select log_id from audit_head where origin = '${origin}')`;

/** The newest `count` entries as they stand in the tables. */
export async function newestRows({ sql }: TestDatabase, origin: string, count: number): Promise<PlainRows> {
  const leaves = await sql(`select * from audit_leaf where ${ofLog(origin)} order by idx desc limit ${count}`);
  const first = Number(leaves.at(-1)?.['idx']);
  const rowsOf = (table: string) =>
    sql(`select * from ${table} where ${ofLog(origin)} and idx >= ${first} order by idx`);
  return { leaves: leaves.toReversed(), disclosures: await rowsOf('audit_private'), holds: await rowsOf('hold') };
}

/**
 * Inserts rows into tables with the same columns and indexes and nothing else around them: no tree, no signature, no
 * lock, and each hold once, as it is in the end. Each of the `writers` has its share of them.
 */
export function insertPlain(database: TestDatabase, rows: PlainRows, writers: number): Promise<PlainRate> {
  return database.url.startsWith('postgres') ? intoPostgres(database, rows, writers) : intoSqlite(database, rows);
}

async function intoSqlite({ url, sql }: TestDatabase, rows: PlainRows): Promise<PlainRate> {
  const definitions = await sql(`select tbl_name, sql from sqlite_master
    where tbl_name in ('audit_leaf', 'audit_private', 'hold') and type in ('table', 'index') and sql is not null order by type desc`);
  const plain = new DatabaseSync(url.slice('sqlite:'.length), { enableForeignKeyConstraints: false });
  plain.exec(`drop table if exists plain_private; drop table if exists plain_leaf; drop table if exists plain_hold`);
  for (const { sql: text } of definitions) plain.exec(plainName(String(text)));
  plain.exec('pragma synchronous = full; pragma cache_size = -8192; pragma wal_autocheckpoint = 2000');
  const inserter = (table: string, [row = {}]: readonly Row[]) => {
    const names = Object.keys(row);
    const insert = plain.prepare(
      `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
    );
    return { run: (row: Row) => insert.run(...(Object.values(row) as SQLInputValue[])) };
  };
  const inserters = tables.map(([name, table]) => [name, inserter(plainName(table), rows[name])] as const);
  const rate = await rateOf(rows.leaves.length, () => {
    for (const part of parts(rows)) {
      plain.exec('begin immediate');
      for (const [name, { run }] of inserters) for (const row of part[name]) run(row);
      plain.exec('commit');
    }
  });
  plain.close();
  return rate;
}

async function intoPostgres({ url, sql }: TestDatabase, rows: PlainRows, writers: number): Promise<PlainRate> {
  for (const [, table] of tables) {
    await sql(`drop table if exists ${plainName(table)};
      create table ${plainName(table)} (like ${table} including indexes including constraints)`);
  }
  const pool = new Pool({ connectionString: url, max: writers, pipeline: true });
  const connections = await Promise.all(Array.from({ length: writers }, () => pool.connect()));
  const queue = parts(rows).values();
  const insert = async (connection: PoolClient): Promise<void> => {
    for (const part of queue) {
      const insertions = tables.flatMap(([name, table]) => insertion(plainName(table), part[name]) ?? []);
      await Promise.all([
        connection.query('begin'),
        ...insertions.map(({ text, values }) => connection.query(text, values)),
      ]);
      await connection.query('commit');
    }
  };
  const rate = await rateOf(rows.leaves.length, () => Promise.all(connections.map(insert)));
  for (const connection of connections) connection.release();
  await pool.end();
  return rate;
}

/** One statement for many rows, bytes in one binary value as the log does it: a fair opponent. */
function insertion(table: string, rows: readonly Row[]): { text: string; values: unknown[] } | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const names = Object.keys(first);
  const values: unknown[] = [];
  const sources = names.map((name) => {
    const column = rows.map((row) => row[name] ?? null);
    const bytes = column.filter((value) => Buffer.isBuffer(value));
    if (bytes.length < rows.length) {
      values.push(column);
      return { name, given: [name], array: [`$${values.length}::${typeOf(name)}[]`], value: `entry.${name}` };
    }
    const ends: number[] = [];
    for (const { length } of bytes) ends.push((ends.at(-1) ?? 0) + length);
    values.push(
      Buffer.concat(bytes),
      ends,
      bytes.map(({ length }) => length),
    );
    const at = values.length;
    return {
      name,
      given: [`${name}_end`, `${name}_length`],
      array: [`$${at - 1}::integer[]`, `$${at}::integer[]`],
      value: `substr($${at - 2}::bytea, entry.${name}_end - entry.${name}_length + 1, entry.${name}_length)`,
    };
  });
  const text = `insert into ${table} (${names.join(', ')}) select ${sources.map(({ value }) => value).join(', ')}
    from unnest(${sources.flatMap(({ array }) => array).join(', ')}) as entry (${sources.flatMap(({ given }) => given).join(', ')})`;
  return { text, values };
}

function typeOf(name: string): string {
  if (name === 'nonce') return 'bytea';
  const numbers = ['log_id', 'idx', 'position', 'since', 'until', 'contested', 'generation'];
  return numbers.includes(name) ? 'bigint' : 'text';
}

/** The entries of one transaction each, with what belongs to them. */
function parts({ leaves, ...others }: PlainRows): readonly PlainRows[] {
  const indexOf = (row: Row) => Number(row['idx']);
  const disclosures = Map.groupBy(others.disclosures, indexOf);
  const holds = Map.groupBy(others.holds, indexOf);
  return Array.from({ length: Math.ceil(leaves.length / batch) }, (_, part) => {
    const some = leaves.slice(part * batch, (part + 1) * batch);
    const of = (rows: Map<number, Row[]>) => some.flatMap((row) => rows.get(indexOf(row)) ?? []);
    return { leaves: some, disclosures: of(disclosures), holds: of(holds) };
  });
}

async function rateOf(entries: number, work: () => unknown): Promise<PlainRate> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (entries / (performance.now() - began)) * 1000, cpuMicros: (user + system) / entries };
}

/** What stands in a table's definition, about tables and indexes of the plain copy. */
function plainName(text: string): string {
  return text.replaceAll('audit_', 'plain_').replaceAll(/\bhold/g, 'plain_hold');
}
