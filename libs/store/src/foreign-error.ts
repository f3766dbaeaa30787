import { DatabaseError } from 'pg';
import { CommitUnknown } from '#audit';
import { StoreError, type StoreErrorCode } from './store-error.ts';

/** Turns whatever a driver throws into a {@link StoreError}; our own errors pass. */
export type TranslateError = (error: unknown) => Error;

/** Primary result codes; @see https://sqlite.org/rescode.html */
const sqliteCodes: Readonly<Record<number, StoreErrorCode>> = {
  3: 'store_access_denied',
  5: 'store_busy',
  6: 'store_busy',
  8: 'store_read_only',
  10: 'store_unavailable',
  11: 'store_corrupt',
  13: 'store_full',
  14: 'store_unavailable',
  19: 'store_conflict',
  26: 'store_corrupt',
};

/** SQLSTATEs and, as two characters, their classes; @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const sqlStates: Readonly<Record<string, StoreErrorCode>> = {
  '08': 'store_unavailable',
  '23': 'store_conflict',
  '28': 'store_access_denied',
  '40': 'store_busy',
  '25006': 'store_read_only',
  '25P03': 'store_busy',
  '25P04': 'store_busy',
  '3D000': 'store_unavailable',
  '42501': 'store_access_denied',
  '53': 'store_unavailable',
  '53100': 'store_full',
  '55P03': 'store_busy',
  '57': 'store_unavailable',
  '57014': 'store_busy',
  XX001: 'store_corrupt',
  XX002: 'store_corrupt',
};

/** The extended result code of an error of node:sqlite, or undefined for other errors. */
export function sqliteResultCode(error: unknown): number | undefined {
  // node:sqlite has no error class of its own.
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code : undefined;
}

export const fromSqlite: TranslateError = (error) => {
  if (error instanceof StoreError || error instanceof CommitUnknown) return error;
  const extended = sqliteResultCode(error);
  if (extended === undefined) return new StoreError('store_unavailable', undefined, { cause: error });
  // The low byte of an extended result code is its primary code.
  return new StoreError(sqliteCodes[extended & 0xff] ?? 'store_failed', `SQLite ${extended}`, { cause: error });
};

export const fromPostgres: TranslateError = (error) => {
  if (error instanceof StoreError || error instanceof CommitUnknown) return error;
  if (!(error instanceof DatabaseError) || error.code === undefined) {
    return new StoreError('store_unavailable', undefined, { cause: error });
  }
  const code = sqlStates[error.code] ?? sqlStates[error.code.slice(0, 2)] ?? 'store_failed';
  return new StoreError(code, `SQLSTATE ${error.code}`, { cause: error });
};
