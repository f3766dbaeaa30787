import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Pool } from 'pg';
import type { TestDatabase } from '../../store/databases.ts';

/** As many as the appenders of one writer, which share a transaction. */
const batch = 64;

type Row = Record<string, unknown>;

/** Rows of the log's newest entries and of their disclosures. */
export interface PlainRows {
  readonly leaves: readonly Row[];
  readonly disclosures: readonly Row[];
}

const ofLog = (origin: string) => `log_id = (select log_id from audit_head where origin = '${origin}')`;

/** The newest `count` entries as they stand in the tables. */
export async function newestRows({ sql }: TestDatabase, origin: string, count: number): Promise<PlainRows> {
  const leaves = await sql(`select * from audit_leaf where ${ofLog(origin)} order by idx desc limit ${count}`);
  const first = Number(leaves.at(-1)?.['idx']);
  return {
    leaves: leaves.toReversed(),
    disclosures: await sql(`select * from audit_private where ${ofLog(origin)} and idx >= ${first} order by idx`),
  };
}

/**
 * Inserts rows into tables with the same columns and indexes and nothing else around them: no tree, no signature, no
 * lock. Gives rows per second; each of the `writers` has its share of them.
 */
export function insertPlain(database: TestDatabase, rows: PlainRows, writers: number): Promise<number> {
  return database.url.startsWith('postgres') ? intoPostgres(database, rows, writers) : intoSqlite(database, rows);
}

async function intoSqlite({ url, sql }: TestDatabase, { leaves, disclosures }: PlainRows): Promise<number> {
  const definitions = await sql(`select tbl_name, sql from sqlite_master
    where tbl_name in ('audit_leaf', 'audit_private') and type in ('table', 'index') and sql is not null order by type desc`);
  const plain = new DatabaseSync(url.slice('sqlite:'.length), { enableForeignKeyConstraints: false });
  plain.exec('drop table if exists plain_private; drop table if exists plain_leaf');
  for (const { sql: text } of definitions) plain.exec(String(text).replaceAll('audit_', 'plain_'));
  plain.exec('pragma synchronous = full; pragma cache_size = -65536; pragma wal_autocheckpoint = 4000');
  const inserter = (table: string, [row = {}]: readonly Row[]) => {
    const names = Object.keys(row);
    return plain.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`);
  };
  const [leaf, disclosure] = [inserter('plain_leaf', leaves), inserter('plain_private', disclosures)];
  const began = performance.now();
  for (const part of parts(leaves, disclosures)) {
    plain.exec('begin immediate');
    for (const row of part.leaves) leaf.run(...(Object.values(row) as SQLInputValue[]));
    for (const row of part.disclosures) disclosure.run(...(Object.values(row) as SQLInputValue[]));
    plain.exec('commit');
  }
  const rate = (leaves.length / (performance.now() - began)) * 1000;
  plain.close();
  return rate;
}

async function intoPostgres({ url, sql }: TestDatabase, rows: PlainRows, writers: number): Promise<number> {
  await sql(`drop table if exists plain_leaf, plain_private;
    create table plain_leaf (like audit_leaf including indexes including constraints);
    create table plain_private (like audit_private including indexes including constraints)`);
  const pool = new Pool({ connectionString: url, max: writers, pipeline: true });
  const connections = await Promise.all(Array.from({ length: writers }, () => pool.connect()));
  const queue = parts(rows.leaves, rows.disclosures).values();
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (const part of queue) {
        await Promise.all([
          connection.query('begin'),
          ...[insertion('plain_leaf', part.leaves), insertion('plain_private', part.disclosures)]
            .filter((query) => query !== undefined)
            .map(({ text, values }) => connection.query(text, values)),
        ]);
        await connection.query('commit');
      }
    }),
  );
  const rate = (rows.leaves.length / (performance.now() - began)) * 1000;
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
  return ['log_id', 'idx', 'position'].includes(name) ? 'bigint' : 'text';
}

/** The entries of one transaction each, with their disclosures. */
function parts(leaves: readonly Row[], disclosures: readonly Row[]): readonly PlainRows[] {
  const ofEntry = Map.groupBy(disclosures, (row) => Number(row['idx']));
  return Array.from({ length: Math.ceil(leaves.length / batch) }, (_, part) => {
    const some = leaves.slice(part * batch, (part + 1) * batch);
    return { leaves: some, disclosures: some.flatMap((row) => ofEntry.get(Number(row['idx'])) ?? []) };
  });
}
