import type { JobHistory, LeaseStore, LogOrigin, LogStore } from '#audit';

/** An open, migrated database. */
export interface Store {
  /** The log of that origin; it comes into being with its first append. */
  log(origin: LogOrigin): LogStore;

  /** What that log knows about jobs. */
  jobHistory(origin: LogOrigin): JobHistory;

  /** By which replicas agree who does a piece of work. */
  readonly leases: LeaseStore;

  /** Resolves when the database takes writes now; rejects with the StoreError that an append would meet. */
  ping(): Promise<void>;

  /** Ends all connections once running work is done. Afterwards everything rejects with `store_unavailable`. */
  close(): Promise<void>;
}
