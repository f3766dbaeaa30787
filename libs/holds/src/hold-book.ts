import type { EventId, JobRef } from '#kernel';
import type { Hold, OpenHold } from './hold.ts';

/** The open holds of a job, and up to where the log was read for them. */
export interface StandingHolds {
  readonly holds: readonly OpenHold[];
  /** Size of the log: entries from here on may have changed the holds. */
  readonly asOf: number;
}

/** Which holds a page shows. */
export interface HoldFilter {
  readonly job?: JobRef;
  readonly owner?: string;
  /** Only those that count. */
  readonly open?: boolean;
}

/**
 * The holds, as the log has them. They are written by the append of the entries that change them (`foldHolds`), in the
 * same transaction, so a reader sees no entry without its effect.
 */
export abstract class HoldBook {
  abstract ofJob(job: JobRef): Promise<StandingHolds>;

  abstract find(id: EventId): Promise<Hold | undefined>;

  /** How many holds count now. */
  abstract countOpen(): Promise<number>;

  /** At most `limit` holds, newest first; only those whose index is below `below`. */
  abstract page(filter: HoldFilter, limit: number, below?: number): Promise<readonly Hold[]>;
}
