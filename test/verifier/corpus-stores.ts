import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { addressOf, openRows } from '../../apps/verifier/src/database/open-rows.ts';
import { RowSource } from '../../apps/verifier/src/database/row-source.ts';
import { startPostgres } from '../support/postgres.ts';
import { type KeptFromLog, type TestKey, TestFolder, writeLogInto } from './real-log.ts';
import { TamperedLog, type Value } from './tampered-log.ts';

const tables = ['audit_head', 'audit_leaf', 'audit_tile', 'audit_private', 'data_key', 'disclosure_key'] as const;

/** Personal fields take the most time to check: each twentieth entry has some. */
const isPersonal = (index: number): boolean => index % 20 === 0;

/** Entries of a log of that size that have personal fields; the first entry opens the log. */
export const personalEntries = (size: number): number => Math.ceil(size / 20) - 1;

/** A sound log in a database, and copies of it to tamper with. */
export interface CorpusStore {
  /** Of the log as the service wrote it. */
  readonly address: string;
  readonly kept: KeptFromLog;
  copy(): Promise<TamperedLog>;
  stop(): Promise<void>;
}

/** Writes a log and opens its store. */
export type StartStore = (key: TestKey, size: number) => Promise<CorpusStore>;

class TamperedFile extends TamperedLog {
  readonly #database: DatabaseSync;

  constructor(private readonly path: string) {
    super();
    this.#database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    // It is thrown away: nothing has to reach a disk.
    this.#database.exec('pragma synchronous = off');
  }

  override rows() {
    return openRows(addressOf(this.path));
  }

  override sql(text: string, ...values: readonly Value[]) {
    return Promise.resolve(this.#database.prepare(text.replaceAll(/\$(?=[0-9])/g, '?')).all(...values));
  }

  override drop(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }
}

/** Rows as one who is in the midst of a transaction sees them. */
class ClientRows extends RowSource {
  constructor(private readonly client: Client) {
    super();
  }

  override async rows(text: string, ...values: readonly number[]) {
    return (await this.client.query<unknown[]>({ text, values: [...values], rowMode: 'array' })).rows;
  }

  override share(): Promise<never> {
    return Promise.reject(new Error('No other connection sees what this transaction changes'));
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Tables in a transaction that is never committed, which takes less than copies of them. */
class TamperedTables extends TamperedLog {
  private constructor(private readonly client: Client) {
    super();
  }

  static async begin(client: Client): Promise<TamperedTables> {
    await client.query('begin');
    return new TamperedTables(client);
  }

  override rows() {
    return Promise.resolve(new ClientRows(this.client));
  }

  override async sql(text: string, ...values: readonly Value[]) {
    return (await this.client.query<Record<string, unknown>>(text, [...values])).rows;
  }

  override async drop(): Promise<void> {
    await this.client.query('rollback');
  }
}

/** Takes triggers and constraints from the tables, as whoever can write the file would. */
function strip(file: string): void {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  const triggers = database.prepare("select name from sqlite_master where type = 'trigger'").all();
  for (const { name } of triggers) database.exec(`drop trigger ${String(name)}`);
  for (const table of tables) {
    database.exec(`create table plain as select * from ${table}; drop table ${table};
      alter table plain rename to ${table}`);
  }
  database.close();
}

const startSqlite: StartStore = async (key, size) => {
  const folder = new TestFolder();
  const address = folder.file('log.db');
  const kept = await writeLogInto(`sqlite:${address}`, key, size, [300, 512], isPersonal);
  const stripped = folder.file('stripped.db');
  copyFileSync(address, stripped);
  strip(stripped);
  return {
    address,
    kept,
    copy: () => {
      const path = folder.file('tampered.db');
      copyFileSync(stripped, path);
      return Promise.resolve(new TamperedFile(path));
    },
    stop: () => {
      folder.remove();
      return Promise.resolve();
    },
  };
};

/** A log on PostgreSQL. */
export const startPostgresStore: StartStore = async (key, size) => {
  const { url, stop } = await startPostgres();
  const kept = await writeLogInto(url, key, size, [300, 512], isPersonal);
  const client = new Client(url);
  await client.connect();
  await client.query('create schema stripped; set search_path to stripped');
  for (const table of tables) await client.query(`create table ${table} as select * from public.${table}`);
  return {
    address: url,
    kept,
    copy: () => TamperedTables.begin(client),
    stop: async () => {
      await client.end();
      await stop();
    },
  };
};

/** Both stores, for `describe.each`. */
export const corpusStores: readonly (readonly [string, StartStore])[] = [
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgresStore],
];
