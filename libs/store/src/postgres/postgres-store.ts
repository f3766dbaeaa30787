import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';
import type { AlarmBook } from '#alarms';
import type {
  AnchorStore,
  BulkStore,
  ClaimStore,
  JobHistory,
  LeaseStore,
  LogMaintenance,
  LogOrigin,
  LogStore,
  PolicyArchive,
} from '#audit';
import type { HoldBook, HoldTimers } from '#holds';
import type { Clock } from '#kernel';
import type { SessionStore } from '#session';
import { SqlBulkStore } from '../bulk/sql-bulk-store.ts';
import type { DatabaseUrl } from '../database-url.ts';
import { fromPostgres } from '../foreign-error.ts';
import { SqlHoldBook } from '../holds/sql-hold-book.ts';
import { SqlHoldTimers } from '../holds/sql-hold-timers.ts';
import { LogReader } from '../log-reader.ts';
import { migrate } from '../migrations/migrate.ts';
import type { RateCounts } from '../rates/rate-counts.ts';
import type { Database } from '../schema.ts';
import { SqlAuditSearch } from '../search/sql-audit-search.ts';
import { SqlAlarmBook } from '../sql-alarm-book.ts';
import { SqlAnchorStore } from '../sql-anchor-store.ts';
import { SqlClaimStore } from '../sql-claim-store.ts';
import { SqlJobHistory } from '../sql-job-history.ts';
import { SqlLeaseStore } from '../sql-lease-store.ts';
import { SqlLogMaintenance } from '../sql-log-maintenance.ts';
import { SqlLogStore } from '../sql-log-store.ts';
import { SqlSubjects } from '../sql-subjects.ts';
import { SqlPolicyArchive } from '../sql-policy-archive.ts';
import { SqlSessionStore } from '../sql-session-store.ts';
import { StoreError } from '../store-error.ts';
import type { Store } from '../store.ts';
import { PostgresAppender } from './postgres-appender.ts';
import { PostgresRateCounts } from '../rates/postgres-rate-counts.ts';
import { postgresPool } from './postgres-pool.ts';

type PostgresUrl = Extract<DatabaseUrl, { kind: 'postgres' }>;

/** The store of many replicas. Appends and everything else have connections of their own. */
export class PostgresStore implements Store {
  readonly leases: LeaseStore;
  readonly claims: ClaimStore;
  readonly rates: RateCounts;
  readonly policies: PolicyArchive;
  readonly sessions: SessionStore;
  readonly #appends: Pool;
  readonly #others: Pool;
  readonly #db: Kysely<Database>;
  readonly #subjects: SqlSubjects;
  readonly #connectionString: string;
  #maintenance: Pool | undefined;

  private constructor({ connectionString }: PostgresUrl, clock: Clock) {
    this.#connectionString = connectionString;
    this.#appends = postgresPool(connectionString, { max: 4, queryMillis: 8000, pipeline: true });
    this.#others = postgresPool(connectionString, { max: 10, queryMillis: 15_000 });
    this.#db = new Kysely<Database>({
      dialect: new PostgresDialect({
        pool: this.#others,
        onCreateConnection: async (connection) => {
          await connection.executeQuery(CompiledQuery.raw("set statement_timeout = '10s'"));
        },
      }),
    });
    this.#subjects = new SqlSubjects(this.#db, clock, fromPostgres);
    this.leases = new SqlLeaseStore(this.#db, serverTime, fromPostgres);
    this.claims = new SqlClaimStore(this.#db, serverTime, fromPostgres);
    this.rates = new PostgresRateCounts(this.#others);
    this.policies = new SqlPolicyArchive(this.#db, fromPostgres);
    this.sessions = new SqlSessionStore(this.#db, fromPostgres);
  }

  /** Connects and migrates; StoreErrors as for `openStore`. */
  static async open(url: PostgresUrl, clock: Clock): Promise<PostgresStore> {
    const store = new PostgresStore(url, clock);
    try {
      await store.ping();
      await migrateApart(url.connectionString);
      return store;
    } catch (error) {
      await store.close();
      const lost = error instanceof StoreError && error.code === 'store_unavailable';
      throw lost ? new StoreError('store_unavailable', url.server, { cause: error.cause }) : error;
    }
  }

  log(origin: LogOrigin): LogStore {
    const appender = new PostgresAppender(this.#appends, origin);
    return new SqlLogStore(appender, new LogReader(this.#db, origin, fromPostgres), this.#subjects);
  }

  anchors(origin: LogOrigin): AnchorStore {
    return new SqlAnchorStore(this.#db, origin, fromPostgres);
  }

  jobHistory(origin: LogOrigin): JobHistory {
    return new SqlJobHistory(this.#db, origin, fromPostgres);
  }

  holds(origin: LogOrigin): HoldBook {
    return new SqlHoldBook(this.#db, 'postgres', origin, fromPostgres);
  }

  holdTimers(origin: LogOrigin): HoldTimers {
    return new SqlHoldTimers(this.#db, 'postgres', origin, serverTime, fromPostgres);
  }

  alarms(origin: LogOrigin): AlarmBook {
    return new SqlAlarmBook(this.#db, origin, fromPostgres);
  }

  bulk(origin: LogOrigin): BulkStore {
    return new SqlBulkStore(this.#db, origin, fromPostgres);
  }

  search(origin: LogOrigin): SqlAuditSearch {
    return new SqlAuditSearch(this.#db, 'postgres', origin, fromPostgres);
  }

  maintenance(origin: LogOrigin): LogMaintenance {
    const pool = (this.#maintenance ??= postgresPool(this.#connectionString, { max: 2 }));
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    const scrub = async (): Promise<void> => {
      // Who may not (the owner may, or a role with MAINTAIN) gets a warning, and leaves it to autovacuum.
      await sql`vacuum audit_private, audit_leaf, data_key, subject`.execute(db);
    };
    return new SqlLogMaintenance({ db, dialect: 'postgres', scrub }, origin, fromPostgres);
  }

  async ping(): Promise<void> {
    const { rows } = await this.#appends
      .query<{ readonly value: string }>("select current_setting('transaction_read_only') as value")
      .catch((error: unknown) => {
        throw fromPostgres(error);
      });
    // So says a standby, and a primary that was set read-only, as managed servers do when the disk is nearly full.
    if (rows[0]?.value !== 'off') throw new StoreError('store_read_only');
  }

  async close(): Promise<void> {
    // Not Kysely's `destroy`, which leaves a pool open that it has not used yet.
    await Promise.all([this.#appends.end(), this.#others.end(), this.#maintenance?.end()]);
  }
}

/** The server's clock, not the replicas', which may differ; and not `now()`, which stands still in a transaction. */
const serverTime = () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** On connections without time limits: waiting for another replica's migration is no failure. */
async function migrateApart(connectionString: string): Promise<void> {
  const pool = postgresPool(connectionString, { max: 2 });
  try {
    await migrate(new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), 'postgres', fromPostgres);
  } finally {
    await pool.end();
  }
}
