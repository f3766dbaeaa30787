import type { EventId, JobRef } from '#kernel';

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

/** What the log knows about a job. Others may have changed the job at Graph since, unseen. */
export abstract class JobHistory {
  /**
   * The pause that paused the job, when the last change that succeeded through us was a pause, or was reconciled as
   * applied; undefined when it was a start or there was none. Rejects when the store fails.
   */
  abstract standingPause(job: JobRef): Promise<EarlierPause | undefined>;
}
