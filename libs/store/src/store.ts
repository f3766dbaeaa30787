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
import type { RateCounts } from './rates/rate-counts.ts';
import type { SessionStore } from '#session';
import type { SqlAuditSearch } from './search/sql-audit-search.ts';

/** An open, migrated database. */
export interface Store {
  /** The log of that origin; it comes into being with its first append. */
  log(origin: LogOrigin): LogStore;

  /** What is remembered of that log's anchors. */
  anchors(origin: LogOrigin): AnchorStore;

  /** What that log knows about jobs. */
  jobHistory(origin: LogOrigin): JobHistory;

  /** The holds of that log. */
  holds(origin: LogOrigin): HoldBook;

  /** Their timers. */
  holdTimers(origin: LogOrigin): HoldTimers;

  /** How far the alarms of that log have been delivered. */
  alarms(origin: LogOrigin): AlarmBook;

  /** The bulk operations of that log. */
  bulk(origin: LogOrigin): BulkStore;

  /** By which replicas agree who does a piece of work. */
  readonly leases: LeaseStore;

  /** Requests that are to be done once. */
  readonly claims: ClaimStore;

  /** Counts the requests of callers. */
  readonly rates: RateCounts;

  /** The policies that entries cite. */
  readonly policies: PolicyArchive;

  /** Sessions of the console. */
  readonly sessions: SessionStore;

  /** Searches of the log of that origin. They share nothing with its appends that a long search could take from them. */
  search(origin: LogOrigin): SqlAuditSearch;

  /** What operators may take from that log. Waits as long as it takes, on connections of its own where there are many. */
  maintenance(origin: LogOrigin): LogMaintenance;

  /** Resolves when the database takes writes now; rejects with the StoreError that an append would meet. */
  ping(): Promise<void>;

  /** Ends all connections once running work is done. Afterwards everything rejects with `store_unavailable`. */
  close(): Promise<void>;
}
