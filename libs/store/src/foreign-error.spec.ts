import { DatabaseError } from 'pg';
import { CommitUnknown } from '#audit';
import { fromPostgres, fromSqlite } from './foreign-error.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';

const sqlite = (errcode: number) => Object.assign(new Error('Key (object_id)=(somebody)'), { errcode });

function postgres(sqlState: string): DatabaseError {
  const error = new DatabaseError('Key (object_id)=(somebody)', 0, 'error');
  error.code = sqlState;
  return error;
}

describe('an error of SQLite', () => {
  it.each<[number, StoreErrorCode]>([
    [5, 'store_busy'],
    [8, 'store_read_only'],
    [8 | (1 << 8), 'store_read_only'],
    [10 | (4 << 8), 'store_unavailable'],
    [11, 'store_corrupt'],
    [13, 'store_full'],
    [14, 'store_unavailable'],
    [19 | (8 << 8), 'store_conflict'],
    [26, 'store_corrupt'],
    [1, 'store_failed'],
  ])('with result code %d becomes %s', (code, expected) => {
    const cause = sqlite(code);
    const error = fromSqlite(cause);
    expect(error).toMatchObject({ code: expected, cause });
    expect(error.message).not.toContain('somebody');
  });
});

describe('an error of PostgreSQL', () => {
  it.each<[string, StoreErrorCode]>([
    ['08006', 'store_unavailable'],
    ['57P01', 'store_unavailable'],
    ['53300', 'store_unavailable'],
    ['53100', 'store_full'],
    ['28P01', 'store_access_denied'],
    ['42501', 'store_access_denied'],
    ['25006', 'store_read_only'],
    ['55P03', 'store_busy'],
    ['57014', 'store_busy'],
    ['40001', 'store_busy'],
    ['23505', 'store_conflict'],
    ['XX001', 'store_corrupt'],
    ['42P01', 'store_failed'],
  ])('with SQLSTATE %s becomes %s', (state, expected) => {
    const cause = postgres(state);
    const error = fromPostgres(cause);
    expect(error).toMatchObject({ code: expected, cause });
    expect(error.message).not.toContain('somebody');
  });
});

describe.each([
  ['SQLite', fromSqlite],
  ['PostgreSQL', fromPostgres],
])('the translation for %s', (_name, translate) => {
  it('takes anything else for a lost database', () => {
    expect(translate(new Error('Connection terminated'))).toMatchObject({ code: 'store_unavailable' });
    expect(translate('broken')).toMatchObject({ code: 'store_unavailable', cause: 'broken' });
  });

  it('lets our own errors pass', () => {
    for (const own of [new StoreError('store_full'), new CommitUnknown('lost')]) expect(translate(own)).toBe(own);
  });
});
