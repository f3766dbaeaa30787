/** The SQL dialects of the store. */
export type Dialect = 'sqlite' | 'postgres';

/** Words in which the two dialects differ; everything else in a migration is common SQL. */
export interface Words {
  readonly integer: string;
  readonly bytes: string;
  /** Compared byte by byte in both dialects, whatever the database's locale. */
  readonly text: string;
  readonly generatedKey: string;
  readonly noBytes: string;
  readonly length: (column: string) => string;
  /** Ends a table definition. */
  readonly tableEnd: string;
  /** Ends the definition of a table of small rows that are only found by their primary key. */
  readonly narrowTableEnd: string;
}

export const wordsOf: Readonly<Record<Dialect, Words>> = {
  sqlite: {
    integer: 'integer',
    bytes: 'blob',
    text: 'text',
    generatedKey: 'integer primary key',
    noBytes: "x''",
    length: (column) => `length(${column})`,
    tableEnd: 'strict',
    narrowTableEnd: 'strict, without rowid',
  },
  postgres: {
    integer: 'bigint',
    bytes: 'bytea',
    text: 'text collate "C"',
    generatedKey: 'integer generated always as identity primary key',
    noBytes: "'\\x'",
    length: (column) => `octet_length(${column})`,
    tableEnd: '',
    narrowTableEnd: '',
  },
};
