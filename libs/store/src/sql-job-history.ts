import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type EarlierPause, JobHistory, type LogOrigin, type RecordedChange } from '#audit';
import type { EventId, JobRef } from '#kernel';
import type { TranslateError } from './foreign-error.ts';
import { type EndRow, recordedChange } from './recorded-change.ts';
import type { Database } from './schema.ts';

/** What a leaf says beyond its columns. */
const outcomeLeaf = z.looseObject({ outcome_reason: z.string().optional(), paused_by: z.string().optional() });

/** {@link JobHistory} by two short reads of one log; the same SQL on both dialects. */
export class SqlJobHistory extends JobHistory {
  readonly #db: Kysely<Database>;
  readonly #origin: LogOrigin;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, origin: LogOrigin, translate: TranslateError) {
    super();
    this.#db = db;
    this.#origin = origin;
    this.#translate = translate;
  }

  override async standingPause(job: JobRef): Promise<EarlierPause | undefined> {
    try {
      const pause = await this.#lastPause(job);
      return pause === undefined ? undefined : await this.#intent(pause);
    } catch (error) {
      throw this.#translate(error);
    }
  }

  override async change(event: EventId): Promise<RecordedChange | undefined> {
    try {
      const entry = await this.#leaves().select('body').where('event_id', '=', event).executeTakeFirst();
      return entry && recordedChange(entry.body, await this.#endOf(event));
    } catch (error) {
      throw this.#translate(error);
    }
  }

  #endOf(event: EventId): Promise<EndRow | undefined> {
    return this.#leaves()
      .select(['outcome', 'body'])
      .where('parent', '=', event)
      .where((leaf) => leaf.or([leaf('type', 'like', '%.outcome'), leaf('type', 'like', '%.reconciled')]))
      .orderBy('idx', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** Event id of the intent of the pause that paused the job. */
  async #lastPause({ servicePrincipalId, jobId }: JobRef): Promise<string | undefined> {
    const change = await this.#db
      .selectFrom('job_change as last')
      .innerJoin('audit_leaf as leaf', (join) =>
        join.onRef('leaf.log_id', '=', 'last.log_id').onRef('leaf.idx', '=', 'last.idx'),
      )
      .select(['leaf.type', 'leaf.body', 'leaf.parent'])
      .where('last.log_id', '=', this.#logId())
      .where('last.service_principal_id', '=', servicePrincipalId)
      .where('last.job_id', '=', jobId)
      .executeTakeFirst();
    if (change?.type.startsWith('pause.') !== true) return undefined;
    const leaf = outcomeLeaf.parse(JSON.parse(new TextDecoder().decode(change.body)));
    // A pause that found the job paused passes on who it was, or that nobody knows.
    return leaf.outcome_reason === 'already_paused' ? leaf.paused_by : (change.parent ?? undefined);
  }

  async #intent(eventId: string): Promise<EarlierPause | undefined> {
    const intent = await this.#db
      .selectFrom('audit_leaf')
      .select(['event_id', 'time', 'actor', 'application'])
      .where('log_id', '=', this.#logId())
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    if (intent === undefined) return undefined;
    const { actor, application } = intent;
    return {
      eventId: intent.event_id as EarlierPause['eventId'],
      time: intent.time,
      ...(actor !== null && { actor }),
      ...(application !== null && { application }),
    };
  }

  #leaves() {
    return this.#db.selectFrom('audit_leaf').where('log_id', '=', this.#logId());
  }

  #logId() {
    return this.#db.selectFrom('audit_head').select('log_id').where('origin', '=', this.#origin);
  }
}
