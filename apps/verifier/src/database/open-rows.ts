import type { RowAddress, RowSource } from './row-source.ts';
import { SqliteRows } from './sqlite-rows.ts';

/** What was written as the database to check: a `postgres://` URL, else a file, with or without `sqlite:`. */
export function addressOf(text: string): RowAddress {
  if (/^postgres(?:ql)?:\/\//.test(text)) return { kind: 'postgres', url: text };
  return { kind: 'sqlite', path: text.replace(/^sqlite:/, '') };
}

/** Opens a database for reading; Unreadable when that fails. */
export async function openRows(address: RowAddress): Promise<RowSource> {
  if (address.kind === 'sqlite') return new SqliteRows(address.path);
  // Each thread on a file would load the client for nothing.
  const { PostgresRows } = await import('./postgres-rows.ts');
  return PostgresRows.open(address.url, address.snapshot);
}
