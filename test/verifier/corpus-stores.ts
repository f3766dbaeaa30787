import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { startPostgres } from '../support/postgres.ts';
import { type KeptFromLog, type TestKey, TestFolder, writeLogInto } from './real-log.ts';
import { TamperedLog, type Value } from './tampered-log.ts';

const tables = ['audit_head', 'audit_leaf', 'audit_tile', 'audit_private', 'data_key', 'disclosure_key'] as const;

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

  constructor(readonly address: string) {
    super();
    this.#database = new DatabaseSync(address, { enableForeignKeyConstraints: false });
    // It is thrown away: nothing has to reach a disk.
    this.#database.exec('pragma synchronous = off');
  }

  override sql(text: string, ...values: readonly Value[]) {
    return Promise.resolve(this.#database.prepare(text.replaceAll(/\$(?=[0-9])/g, '?')).all(...values));
  }

  override drop(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }
}

class TamperedSchema extends TamperedLog {
  private constructor(
    readonly address: string,
    private readonly client: Client,
    private readonly schema: string,
  ) {
    super();
  }

  static async create(url: string, schema: string): Promise<TamperedSchema> {
    const client = new Client(url);
    await client.connect();
    await client.query(`create schema ${schema}; set search_path to ${schema}`);
    for (const table of tables) await client.query(`create unlogged table ${table} as select * from public.${table}`);
    const address = new URL(url);
    address.searchParams.set('options', `-c search_path=${schema}`);
    return new TamperedSchema(address.href, client, schema);
  }

  override async sql(text: string, ...values: readonly Value[]) {
    return (await this.client.query<Record<string, unknown>>(text, [...values])).rows;
  }

  override async drop(): Promise<void> {
    await this.client.query(`drop schema ${this.schema} cascade`);
    await this.client.end();
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
  const kept = await writeLogInto(`sqlite:${address}`, key, size, [300, 512]);
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
  const kept = await writeLogInto(url, key, size, [300, 512]);
  let copies = 0;
  return { address: url, kept, copy: () => TamperedSchema.create(url, `tampered_${(copies += 1)}`), stop };
};

/** Both stores, for `describe.each`. */
export const corpusStores: readonly (readonly [string, StartStore])[] = [
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgresStore],
];
