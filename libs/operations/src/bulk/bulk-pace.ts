/** How bulk operations are worked on; times in milliseconds. */
export interface BulkPace {
  /** Between two looks for operations that somebody left. */
  readonly everyMillis: number;
  /** How long a replica that fell silent keeps an operation. One job's call to Graph and its records fit into it. */
  readonly leaseMillis: number;
  /** How many operations a replica works on at once. */
  readonly operations: number;
  /** How many jobs of an operation are worked on at once. */
  readonly abreast: number;
  /** From this age on an operation sends nothing more. */
  readonly lifeMillis: number;
  /** From this age on one that was never put on record is nobody's. */
  readonly unbegunMillis: number;
  /** How long one that has ended can be looked at. */
  readonly keepMillis: number;
}

export const usualBulkPace: BulkPace = {
  everyMillis: 1_000,
  leaseMillis: 60_000,
  operations: 4,
  abreast: 4,
  lifeMillis: 3_600_000,
  unbegunMillis: 60_000,
  keepMillis: 30 * 24 * 3_600_000,
};
