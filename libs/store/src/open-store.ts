import type { Clock } from '#kernel';
import { parseDatabaseUrl } from './database-url.ts';
import { PostgresStore } from './postgres/postgres-store.ts';
import { SqliteStore } from './sqlite/sqlite-store.ts';
import type { Store } from './store.ts';

/**
 * Opens the database of a DATABASE_URL and brings its schema up to date; replicas may do so at the same time.
 * Refuses with a {@link StoreError}: `database_url_invalid`, `store_unavailable`, `store_access_denied`,
 * `store_read_only`, `store_in_use`, `schema_newer`, `migration_failed` and the rest of its codes.
 */
export async function openStore(databaseUrl: string, clock: Clock): Promise<Store> {
  const url = parseDatabaseUrl(databaseUrl);
  return url.kind === 'sqlite' ? SqliteStore.open(url.path, clock) : PostgresStore.open(url, clock);
}
