import { Kysely, sql, SqliteAdapter, SqliteDialect } from 'kysely';
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
import { fromSqlite } from '../foreign-error.ts';
import { SqlHoldBook } from '../holds/sql-hold-book.ts';
import { SqlHoldTimers } from '../holds/sql-hold-timers.ts';
import { LogReader } from '../log-reader.ts';
import { migrate } from '../migrations/migrate.ts';
import { MemoryRateCounts } from '../rates/memory-rate-counts.ts';
import type { RateCounts } from '../rates/rate-counts.ts';
import type { Database } from '../schema.ts';
import { SqlAuditSearch } from '../search/sql-audit-search.ts';
import { SqlAlarmBook } from '../sql-alarm-book.ts';
import { SqlAnchorStore } from '../sql-anchor-store.ts';
import { SqlClaimStore } from '../sql-claim-store.ts';
import { SqlJobHistory } from '../sql-job-history.ts';
import { type DatabaseTime, SqlLeaseStore } from '../sql-lease-store.ts';
import { SqlLogMaintenance } from '../sql-log-maintenance.ts';
import { SqlLogStore } from '../sql-log-store.ts';
import { SqlSubjects } from '../sql-subjects.ts';
import { SqlPolicyArchive } from '../sql-policy-archive.ts';
import { SqlSessionStore } from '../sql-session-store.ts';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { SqliteAppender } from './sqlite-appender.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';

/** Kysely takes SQLite's DDL for non-transactional, which it is not: a migration here is done whole or not at all. */
class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter() {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl() {
        return true;
      }
    })();
  }
}

function kyselyOf(database: SqliteDatabase): Kysely<Database> {
  return new Kysely<Database>({ dialect: new TransactionalSqliteDialect({ database }) });
}

/** The embedded store: one file, one broker. */
export class SqliteStore implements Store {
  readonly leases: LeaseStore;
  readonly claims: ClaimStore;
  readonly rates: RateCounts;
  readonly policies: PolicyArchive;
  readonly sessions: SessionStore;
  readonly #file: SqliteFile;
  readonly #db: Kysely<Database>;
  readonly #subjects: SqlSubjects;
  /** One broker has the file, so its clock is the clock of all. */
  readonly #time: DatabaseTime;
  #searches: Kysely<Database> | undefined;

  private constructor(file: SqliteFile, clock: Clock) {
    this.#file = file;
    this.#db = kyselyOf(file.database);
    this.#subjects = new SqlSubjects(this.#db, clock, fromSqlite);
    this.#time = () => sql<number>`${clock.now()}`;
    this.leases = new SqlLeaseStore(this.#db, this.#time, fromSqlite);
    this.claims = new SqlClaimStore(this.#db, this.#time, fromSqlite);
    this.rates = new MemoryRateCounts();
    this.policies = new SqlPolicyArchive(this.#db, fromSqlite);
    this.sessions = new SqlSessionStore(this.#db, fromSqlite);
  }

  /** Opens and migrates the file; StoreErrors as for `openStore`. */
  static async open(path: string, clock: Clock): Promise<SqliteStore> {
    const store = new SqliteStore(openSqliteFile(path), clock);
    try {
      await migrate(store.#db, 'sqlite', fromSqlite);
      await store.ping();
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  log(origin: LogOrigin): LogStore {
    const appender = new SqliteAppender(this.#db, this.#file, origin);
    return new SqlLogStore(appender, new LogReader(this.#db, origin, fromSqlite), this.#subjects);
  }

  anchors(origin: LogOrigin): AnchorStore {
    return new SqlAnchorStore(this.#db, origin, fromSqlite);
  }

  jobHistory(origin: LogOrigin): JobHistory {
    return new SqlJobHistory(this.#db, origin, fromSqlite);
  }

  holds(origin: LogOrigin): HoldBook {
    return new SqlHoldBook(this.#db, 'sqlite', origin, fromSqlite);
  }

  holdTimers(origin: LogOrigin): HoldTimers {
    return new SqlHoldTimers(this.#db, 'sqlite', origin, this.#time, fromSqlite);
  }

  alarms(origin: LogOrigin): AlarmBook {
    return new SqlAlarmBook(this.#db, origin, fromSqlite);
  }

  bulk(origin: LogOrigin): BulkStore {
    return new SqlBulkStore(this.#db, origin, fromSqlite);
  }

  search(origin: LogOrigin): SqlAuditSearch {
    this.#searches ??= kyselyOf(this.#file.openReader());
    return new SqlAuditSearch(this.#searches, 'sqlite', origin, fromSqlite);
  }

  maintenance(origin: LogOrigin): LogMaintenance {
    return new SqlLogMaintenance({ db: this.#db, dialect: 'sqlite', scrub: () => this.#scrub() }, origin, fromSqlite);
  }

  ping(): Promise<void> {
    return this.#alone(() => {
      this.#file.assertInPlace();
      // A real change, because SQLite skips the writing of equal content, and a full disk shows in nothing less.
      const [row] = this.#file.database.prepare('pragma user_version').all([]);
      const probes = (Number(row?.['user_version']) + 1) % 2 ** 31;
      this.#file.database.prepare(`pragma user_version = ${probes}`).run([]);
    });
  }

  close(): Promise<void> {
    return this.#alone(() => {
      this.#file.close();
    });
  }

  /** Deleted bytes are overwritten in the file at once, but older pages stand in the write-ahead log. */
  #scrub(): Promise<void> {
    return this.#alone(() => {
      const [row] = this.#file.database.prepare('pragma wal_checkpoint(truncate)').all([]);
      if (row?.['busy'] !== 0) throw new StoreError('store_busy', 'somebody reads the database');
    });
  }

  /** Kysely's only connection: while it is taken no transaction is half done. */
  #alone(work: () => void): Promise<void> {
    return this.#db.connection().execute(() => {
      work();
      return Promise.resolve();
    });
  }
}
