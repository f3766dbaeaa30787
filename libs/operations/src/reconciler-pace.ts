/** How a reconciler goes about its work; all in milliseconds. */
export interface ReconcilerPace {
  /** Between two rounds. */
  readonly everyMillis: number;
  /** How long a replica that fell silent keeps the lease. */
  readonly leaseMillis: number;
  /**
   * From this age on an intent without outcome is an orphan. A request ends at Graph within 20 s of its intent; the
   * OutcomeRecorder writes unconditionally until the intent is 60 s old, and such a write ends within 10 s. The rest is
   * for clocks that differ.
   */
  readonly orphanAfterMillis: number;
  /** Between the two reads that it takes to say that nothing was changed. */
  readonly settleMillis: number;
  /** How long one read may take. */
  readonly readMillis: number;
  /** Wait after trouble at Graph, doubled with each further trouble up to `longestBackoffMillis`. */
  readonly backoffMillis: number;
  readonly longestBackoffMillis: number;
}

export const usualPace: ReconcilerPace = {
  everyMillis: 5_000,
  leaseMillis: 30_000,
  orphanAfterMillis: 120_000,
  settleMillis: 60_000,
  readMillis: 5_000,
  backoffMillis: 5_000,
  longestBackoffMillis: 300_000,
};
