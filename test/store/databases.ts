import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

/** A database for one test file: its URL, and a way past the store. */
export type TestDatabase = TestPostgres;

/** A file in a folder of its own. */
export async function startSqlite(): Promise<TestDatabase & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-store-'));
  const path = join(folder, 'interlock.db');
  const sql = (text: string) => {
    // Foreign keys would only get in the way of a tamperer, who does not ask for them.
    const outside = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    try {
      // `prepare` stops at the end of the first statement.
      const statement = /^\s*(?:select|explain|pragma)\b/i.test(text) ? outside.prepare(text) : undefined;
      if (statement === undefined) outside.exec(text);
      return Promise.resolve(statement?.all() ?? []);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    } finally {
      outside.close();
    }
  };
  return { url: `sqlite:${path}`, path, sql, stop: () => rm(folder, { recursive: true }) };
}

/** Both dialects, for `describe.each`. */
export const databases: readonly (readonly [string, () => Promise<TestDatabase>])[] = [
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
];
