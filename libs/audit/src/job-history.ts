import type { Action, EventId, JobRef } from '#kernel';
import type { Resource } from './recorded-facts.ts';

/** The pause that a paused job rests on. Holds no name: who it was is a pseudonym, as in the log. */
export interface EarlierPause {
  /** Its intent. */
  readonly eventId: EventId;
  /** When it was asked for, RFC 3339. */
  readonly time: string;
  /** Pseudonym of the caller. */
  readonly actor?: string;
  /** Client id of the calling application. */
  readonly application?: string;
}

/** A change on record, and what came of it as far as the log can say. */
export interface RecordedChange {
  /** Absent of a review, which changes no job. */
  readonly resource?: Resource;
  /** What the policy was asked. */
  readonly action?: Action;
  readonly end:
    | { readonly kind: 'done' }
    /** `reason` as in the outcome. */
    | { readonly kind: 'failed'; readonly reason: string }
    | { readonly kind: 'unknown' };
}

/** What the log knows about a job. Others may have changed the job at Graph since, unseen. */
export abstract class JobHistory {
  /**
   * The pause that paused the job, when the last change that succeeded through us was a pause, or was reconciled as
   * applied; undefined when it was a start or there was none. Rejects when the store fails.
   */
  abstract standingPause(job: JobRef): Promise<EarlierPause | undefined>;

  /** What came of an intent, a change of a hold or a review; undefined when the log has no such entry (any more). */
  abstract change(event: EventId): Promise<RecordedChange | undefined>;
}
