import { closeSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../store-error.ts';
import { SqliteDatabase } from './sqlite-database.ts';

/** How long a statement waits for locks of outsiders, such as a backup tool. The event loop waits too. */
const busyMillis = 1000;

/** An open database file, ours alone until it is closed. */
export interface SqliteFile {
  readonly database: SqliteDatabase;
  /**
   * Throws {@link StoreError} `store_unavailable` when the path leads elsewhere by now: SQLite would go on writing to a
   * file that nobody finds again.
   */
  assertInPlace(): void;
  /**
   * A connection that only reads, closed with the file. Its small cache keeps a long search from pushing the pages of
   * the log's end out of memory, and bounds what the search itself takes.
   */
  openReader(): SqliteDatabase;
  close(): void;
}

/**
 * Opens (or makes) the file, readable by us alone, and claims it. Refuses with {@link StoreError} `store_in_use` while
 * another broker has it, `store_read_only` and `store_unavailable` when the file cannot be had.
 */
export function openSqliteFile(path: string): SqliteFile {
  if (path === ':memory:') {
    const database = openDatabase(path, 'memory');
    // Memory has no second connection.
    return {
      database,
      assertInPlace: () => undefined,
      openReader: () => database,
      close: database.close.bind(database),
    };
  }
  const file = makeFile(path);
  const claim = claimFile(file);
  try {
    const database = openDatabase(file, 'wal');
    const readers: SqliteDatabase[] = [];
    const openReader = () => {
      const reader = new SqliteDatabase(file, busyMillis);
      readers.push(reader);
      for (const setting of readerSettings) reader.prepare(`pragma ${setting}`).run([]);
      return reader;
    };
    const close = () => {
      for (const reader of readers) reader.close();
      database.close();
      claim.close();
    };
    return { database, assertInPlace: placeOf(file), openReader, close };
  } catch (error) {
    claim.close();
    throw error;
  }
}

function placeOf(file: string): () => void {
  const opened = statSync(file);
  return () => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.ino === opened.ino && found.dev === opened.dev) return;
    throw new StoreError('store_unavailable', `${file} was removed or replaced`);
  };
}

/** SQLite gives the -wal and -shm files the rights of the database file. */
function makeFile(path: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const readOnly = code === 'EACCES' || code === 'EROFS' || code === 'EPERM';
    throw new StoreError(readOnly ? 'store_read_only' : 'store_unavailable', path, { cause: error });
  }
}

/**
 * An exclusive lock on a file beside the database, which the kernel frees when the process dies. SQLite's own
 * exclusive mode would do it too, but would lock out backups and auditors who only read.
 */
function claimFile(path: string): SqliteDatabase {
  const claim = new SqliteDatabase(makeFile(`${path}.lock`), 0);
  try {
    // Nothing is ever written to it: it needs no journal beside it.
    claim.prepare('pragma journal_mode = memory').all([]);
    claim.prepare('begin exclusive').run([]);
    return claim;
  } catch (error) {
    claim.close();
    if (error instanceof StoreError && error.code === 'store_busy') {
      throw new StoreError('store_in_use', path, { cause: error });
    }
    throw error;
  }
}

function openDatabase(path: string, journal: 'wal' | 'memory'): SqliteDatabase {
  const database = new SqliteDatabase(path, busyMillis);
  try {
    // Of new files only. Pages of twice the usual size: half as many frames and system calls for each commit.
    database.prepare('pragma page_size = 8192').run([]);
    const [mode] = database.prepare('pragma journal_mode = wal').all([]);
    // Network file systems cannot do WAL, and then cannot be trusted with locks either.
    if (mode?.['journal_mode'] !== journal) throw new StoreError('store_unavailable', 'no WAL on this file system');
    for (const setting of settings) {
      const statement = database.prepare(`pragma ${setting}`);
      if (statement.reader) statement.all([]);
      else statement.run([]);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const readerSettings = ['query_only = on', 'trusted_schema = off', 'cache_size = -8192'] as const;

const settings = [
  // FULL, because in WAL mode NORMAL may lose the last commits when the power fails.
  'synchronous = full',
  'foreign_keys = on',
  // Without it INSERT OR REPLACE deletes rows behind the back of the delete triggers.
  'recursive_triggers = on',
  'trusted_schema = off',
  // Zeros over what is deleted or moved, so that no copy of an erased key stays behind in a page.
  'secure_delete = on',
  // Not more than the end of the log and its indexes need: each commit looks through all of it.
  'cache_size = -8192',
  // In pages. Index pages are written over and over: the fewer checkpoints, the fewer times to the file.
  'wal_autocheckpoint = 2000',
  'journal_size_limit = 67108864',
] as const;
