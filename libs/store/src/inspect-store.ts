import { existsSync } from 'node:fs';
import { CompiledQuery, type Dialect, Kysely, PostgresDialect, sql, SqliteDialect } from 'kysely';
import type { LogHead, LogOrigin, LogStore } from '#audit';
import { parseDatabaseUrl } from './database-url.ts';
import { fromPostgres, fromSqlite, type TranslateError } from './foreign-error.ts';
import { LogReader } from './log-reader.ts';
import { migrationNames } from './migrations/migrate.ts';
import { postgresPool } from './postgres/postgres-pool.ts';
import type { Database } from './schema.ts';
import { SqliteDatabase } from './sqlite/sqlite-database.ts';

const busyMillis = 1000;
const queryMillis = 5000;
const migrationTable = 'kysely_migration';

/** How the database's schema stands to the one of this version; `none`: nothing was made in it yet. */
export type SchemaAge = 'none' | 'older' | 'current' | 'newer';

/** Reads of one log. */
type LogReads = Pick<LogStore, 'keptEntries' | 'tile'>;

/** A look into a database that may be in use: it is neither claimed nor migrated nor written. */
export interface StoreInspection {
  readonly schema: SchemaAge;
  /** The committed end of a log, or undefined while it is empty. */
  head(origin: LogOrigin): Promise<LogHead | undefined>;
  /** What else can be read of a log that is not empty. */
  log(origin: LogOrigin): LogReads;
  /** Which disclosure key wraps the data keys, or undefined as long as none was given to this schema. */
  disclosureKeyId(): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * Opens the database of a DATABASE_URL for reading only, also beside a running broker; `absent` when it is a file that
 * is not there. Refuses with the StoreErrors of a database that cannot be reached or read.
 */
export async function inspectStore(databaseUrl: string): Promise<StoreInspection | 'absent'> {
  const url = parseDatabaseUrl(databaseUrl);
  if (url.kind === 'postgres') {
    const pool = postgresPool(url.connectionString, { max: 1, queryMillis });
    const dialect = new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('set default_transaction_read_only = on'));
      },
    });
    return inspect(dialect, fromPostgres, () => pool.end());
  }
  if (url.path === ':memory:' || !existsSync(url.path)) return 'absent';
  const database = new SqliteDatabase(url.path, busyMillis, { readOnly: true });
  return inspect(new SqliteDialect({ database }), fromSqlite, () => {
    database.close();
    return Promise.resolve();
  });
}

async function inspect(
  dialect: Dialect,
  translate: TranslateError,
  close: () => Promise<void>,
): Promise<StoreInspection> {
  const db = new Kysely<Database>({ dialect });
  try {
    const schema = await schemaAge(db);
    const log = (origin: LogOrigin) => new LogReader(db, origin, translate);
    const head = (origin: LogOrigin) => (schema === 'none' ? Promise.resolve(undefined) : log(origin).head());
    const disclosureKeyId = async () => {
      if (schema !== 'current') return undefined;
      return (await db.selectFrom('disclosure_key').select('key_id').executeTakeFirst())?.key_id;
    };
    return { schema, head, log, disclosureKeyId, close };
  } catch (error) {
    await close();
    throw translate(error);
  }
}

async function schemaAge(db: Kysely<Database>): Promise<SchemaAge> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === migrationTable)) return 'none';
  const { rows } = await sql<{ readonly name: string }>`select name from ${sql.table(migrationTable)}`.execute(db);
  const applied = new Set(rows.map(({ name }) => name));
  if ([...applied].some((name) => !migrationNames.includes(name))) return 'newer';
  return migrationNames.every((name) => applied.has(name)) ? 'current' : 'older';
}
