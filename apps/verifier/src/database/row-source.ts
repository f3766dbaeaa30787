/** A row's values in the order of the select list, as the driver gives them; column-value.ts reads them. */
export type Row = readonly unknown[];

/** Where rows are read. Plain data, so that a thread can be given it. */
export type RowAddress =
  | { readonly kind: 'sqlite'; readonly path: string }
  /** `snapshot`: one that another transaction exported and holds open. */
  | { readonly kind: 'postgres'; readonly url: string; readonly snapshot?: string };

/**
 * Runs queries on a database and never writes. All rows are of one moment, so that a log that grows meanwhile is
 * verified as it was at the first query.
 */
export abstract class RowSource {
  /** All rows of a select; its parameters are $1, $2 and so on. Unreadable when the database cannot answer it. */
  abstract rows(sql: string, ...values: readonly number[]): Promise<readonly Row[]>;

  /** Where another thread reads the same, while this source stays open. */
  abstract share(): Promise<RowAddress>;

  abstract close(): Promise<void>;
}
