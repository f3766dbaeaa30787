import { Client, DatabaseError } from 'pg';
import { Unreadable } from '../report/unreadable.ts';
import { type Row, type RowAddress, RowSource } from './row-source.ts';

const connectMs = 15_000;

/** A verification may take longer than the role's queries and idle transactions otherwise may. */
const unlimited = 'set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0';

/** Rows of a PostgreSQL database, in one transaction that can only read. */
export class PostgresRows extends RowSource {
  readonly #url: string;
  readonly #client: Client;

  private constructor(url: string, client: Client) {
    super();
    this.#url = url;
    this.#client = client;
  }

  /** {@link Unreadable} when the server cannot be reached, lets nobody in, or no longer holds the snapshot. */
  static async open(url: string, snapshot?: string): Promise<PostgresRows> {
    const client = clientOf(url);
    // A connection that is lost while it idles must not end the process: the next query tells.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('begin transaction isolation level repeatable read, read only');
      if (snapshot !== undefined) await client.query(`set transaction snapshot ${client.escapeLiteral(snapshot)}`);
      await client.query(unlimited);
    } catch (cause) {
      await client.end().catch(() => undefined);
      throw new Unreadable(`The database cannot be opened${reasonOf(cause)}`, { cause });
    }
    return new PostgresRows(url, client);
  }

  override async rows(sql: string, ...values: readonly number[]): Promise<readonly Row[]> {
    try {
      return (await this.#client.query<unknown[]>({ text: sql, values: [...values], rowMode: 'array' })).rows;
    } catch (cause) {
      throw new Unreadable(`The database is not one of Interlock, or did not answer${reasonOf(cause)}`, { cause });
    }
  }

  override async share(): Promise<RowAddress> {
    const [[snapshot] = []] = await this.rows('select pg_export_snapshot()');
    return { kind: 'postgres', url: this.#url, ...(typeof snapshot === 'string' && { snapshot }) };
  }

  override async close(): Promise<void> {
    await this.#client.end();
  }
}

function clientOf(url: string): Client {
  try {
    return new Client({
      connectionString: url,
      application_name: 'interlock-verify',
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
    });
  } catch (cause) {
    throw new Unreadable('The address of the database is not a URL such as postgres://user@host:5432/name', { cause });
  }
}

/** SQLSTATE or the system's code; messages may repeat parts of the URL. */
function reasonOf(cause: unknown): string {
  if (cause instanceof DatabaseError) return ` (SQLSTATE ${cause.code ?? 'unknown'})`;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
}
