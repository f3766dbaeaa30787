import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase as KyselyDatabase, SqliteStatement as KyselyStatement } from 'kysely';
import { LRUCache } from 'lru-cache';
import { fromSqlite } from '../foreign-error.ts';

/** A prepared statement of node:sqlite in the shape that Kysely asks for; throws StoreErrors. */
export class SqliteStatement implements KyselyStatement {
  readonly #statement: StatementSync;
  /** Whether it gives rows. */
  readonly reader: boolean;

  constructor(statement: StatementSync) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(parameters: readonly unknown[]): Record<string, unknown>[] {
    return translated(() => this.#statement.all(...parameters.map(asInput)));
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return translated(() => this.#statement.run(...parameters.map(asInput)));
  }

  /** Part of Kysely's interface. Reads everything at once: the statement is shared, a half-read one could not be. */
  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.all(parameters).values();
  }
}

/** A `DatabaseSync` for Kysely, which prepares anew for each query: the newest statements are kept. */
export class SqliteDatabase implements KyselyDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new LRUCache<string, SqliteStatement>({ max: 200 });

  constructor(path: string, busyMillis: number, { readOnly = false } = {}) {
    this.#database = translated(() => new DatabaseSync(path, { timeout: busyMillis, defensive: true, readOnly }));
  }

  prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = translated(() => new SqliteStatement(this.#database.prepare(sql)));
    this.#statements.set(sql, statement);
    return statement;
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

function translated<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw fromSqlite(error);
  }
}

function asInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`SQLite has no type for a parameter that is ${typeof value}`);
}
