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
    try {
      assertInputs(parameters);
      return this.#statement.all(...parameters);
    } catch (error) {
      throw fromSqlite(error);
    }
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    try {
      assertInputs(parameters);
      return this.#statement.run(...parameters);
    } catch (error) {
      throw fromSqlite(error);
    }
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

  /** Prepares statements that are used so often that even to look them up would cost. */
  prepareAll<Name extends string>(statements: Readonly<Record<Name, string>>): Readonly<Record<Name, SqliteStatement>> {
    const prepared = Object.entries<string>(statements).map(([name, sql]) => [name, this.prepare(sql)] as const);
    return Object.fromEntries(prepared) as Record<Name, SqliteStatement>;
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

function assertInputs(parameters: readonly unknown[]): asserts parameters is readonly SQLInputValue[] {
  for (const value of parameters) {
    if (!isInput(value)) throw new TypeError(`SQLite has no type for a parameter that is ${typeof value}`);
  }
}

function isInput(value: unknown): value is SQLInputValue {
  const type = typeof value;
  return type === 'string' || value === null || type === 'number' || value instanceof Uint8Array || type === 'bigint';
}
