import { CodedError } from '#kernel';

/** Stable codes of {@link StoreError}, each with its sentence for people. */
const sentences = {
  database_url_invalid: 'DATABASE_URL must be sqlite:<path> or postgres://<user>@<host>/<database>.',
  store_unavailable: 'The database cannot be reached.',
  store_access_denied: 'The database refused the login or a right that Interlock needs.',
  store_read_only: 'The database cannot be written.',
  store_in_use: 'Another process has this database open as its own. SQLite serves one broker; use PostgreSQL for more.',
  store_busy: 'The database did not answer in time because others hold its locks.',
  store_full: 'The disk or quota of the database is full.',
  store_conflict: 'The database refused a row that is there already or must not change.',
  store_corrupt: 'The database is damaged or not a database of this kind.',
  schema_newer: 'The database was migrated by a newer version of Interlock.',
  migration_failed: 'The database could not be brought to the schema of this version.',
  store_failed: 'The database refused a statement.',
} as const;

export type StoreErrorCode = keyof typeof sentences;

/** A failure of the database. Nothing was committed. The message names no credentials and no data. */
export class StoreError extends CodedError {
  /** @param detail is put in brackets after the sentence of the code: a host, a path, an error number. */
  constructor(
    readonly code: StoreErrorCode,
    detail?: string,
    options?: { readonly cause?: unknown },
  ) {
    super(detail === undefined ? sentences[code] : `${sentences[code]} (${detail})`, options);
  }
}
