import { existsSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Unreadable } from '../report/unreadable.ts';
import { type Row, type RowAddress, RowSource } from './row-source.ts';

/** Rows of a SQLite file; it may be in use. */
export class SqliteRows extends RowSource {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** {@link Unreadable} when there is no such file or it is not a database. */
  constructor(path: string) {
    super();
    if (!existsSync(path)) throw new Unreadable(`There is no file ${path}`);
    this.#path = path;
    try {
      this.#database = new DatabaseSync(path, { readOnly: true });
      this.#database.exec('begin');
    } catch (cause) {
      throw new Unreadable('The file is not a database that can be read', { cause });
    }
  }

  override rows(sql: string, ...values: readonly number[]): Promise<readonly Row[]> {
    try {
      return Promise.resolve(this.#prepared(sql).all(...values) as unknown[] as Row[]);
    } catch (cause) {
      throw new Unreadable('The file is not an Interlock database, or is damaged', { cause });
    }
  }

  /** A thread reads a moment of its own; since a log only grows, it finds there what this source has. */
  override share(): Promise<RowAddress> {
    return Promise.resolve({ kind: 'sqlite', path: this.#path });
  }

  override close(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql.replaceAll('$', '?'));
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}
