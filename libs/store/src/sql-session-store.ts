import type { ExpressionBuilder, Kysely } from 'kysely';
import type { EpochMillis } from '#kernel';
import {
  type EndedSession,
  type IssuerLogout,
  type OneTimeUse,
  type Sealed,
  type SessionDigest,
  type SessionEnding,
  SessionStore,
  type StoredSession,
} from '#session';
import type { TranslateError } from './foreign-error.ts';
import type { Database } from './schema.ts';
import { endedOf, sessionOf } from './session-row.ts';

type Sessions = ExpressionBuilder<Database, 'console_session'>;
type Condition = (session: Sessions) => ReturnType<Sessions['and']>;

/** {@link SessionStore} in SQL that both dialects know. */
export class SqlSessionStore extends SessionStore {
  readonly #db: Kysely<Database>;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, translate: TranslateError) {
    super();
    this.#db = db;
    this.#translate = translate;
  }

  override add({ sealed, ...session }: StoredSession, use: OneTimeUse): Promise<boolean> {
    const { digest, generation, startedBy, subject, issuerSession, signedInAt, seenAt, endsAt } = session;
    return this.#ask(() =>
      this.#db.transaction().execute(async (db) => {
        if (!(await isFirstUse(db, use))) return false;
        await db
          .insertInto('console_session')
          .values({
            digest,
            generation,
            started_by: startedBy,
            subject,
            issuer_session: issuerSession ?? null,
            signed_in_at: signedInAt,
            seen_at: seenAt,
            ends_at: endsAt,
            ...sealed,
            ending: null,
            ended_at: null,
          })
          .execute();
        return true;
      }),
    );
  }

  override async find(digest: SessionDigest): Promise<StoredSession | undefined> {
    const select = this.#db.selectFrom('console_session').selectAll();
    const row = await this.#ask(() =>
      select.where('digest', '=', digest).where('ending', 'is', null).executeTakeFirst(),
    );
    return row && sessionOf(row);
  }

  override async touch(digest: SessionDigest, at: EpochMillis): Promise<void> {
    const update = this.#db.updateTable('console_session').set({ seen_at: at });
    // Of two requests the later one counts, whichever comes here first.
    await this.#ask(() => update.where('digest', '=', digest).where('seen_at', '<', at).execute());
  }

  override async replaceTokens(digest: SessionDigest, generation: number, sealed: Sealed): Promise<boolean> {
    const { numUpdatedRows } = await this.#ask(() =>
      this.#db
        .updateTable('console_session')
        .set({ ...sealed, generation: generation + 1 })
        .where('digest', '=', digest)
        .where('generation', '=', generation)
        .where('ending', 'is', null)
        .executeTakeFirstOrThrow(),
    );
    return numUpdatedRows > 0n;
  }

  override async end(digest: SessionDigest, ending: SessionEnding, at: EpochMillis): Promise<EndedSession | undefined> {
    const [ended] = await this.#ask(() => end(this.#db, ending, at, (session) => session('digest', '=', digest)));
    return ended;
  }

  override endByIssuer(
    { issuerSession, subject }: IssuerLogout,
    use: OneTimeUse,
    at: EpochMillis,
  ): Promise<readonly EndedSession[] | 'used'> {
    return this.#ask(() =>
      this.#db.transaction().execute(async (db) => {
        if (!(await isFirstUse(db, use))) return 'used';
        return end(db, 'signed_out_at_issuer', at, (session) =>
          session.and({
            ...(issuerSession !== undefined && { issuer_session: issuerSession }),
            ...(subject !== undefined && { subject }),
          }),
        );
      }),
    );
  }

  override async endOverdue(idleSince: EpochMillis, at: EpochMillis, most: number): Promise<readonly EndedSession[]> {
    const overdue = this.#db
      .selectFrom('console_session')
      .select('digest')
      .where('ending', 'is', null)
      .where((session) => session.or([session('ends_at', '<=', at), session('seen_at', '<=', idleSince)]))
      .limit(most);
    const rows = await this.#ask(() =>
      this.#db
        .updateTable('console_session')
        .set(({ eb }) => ({
          ending: eb.case().when('ends_at', '<=', at).then('too_old').else('idle').end(),
          ended_at: at,
        }))
        .where('digest', 'in', overdue)
        // Another replica may have ended it between the two.
        .where('ending', 'is', null)
        .returning(['digest', 'started_by', 'ending'])
        .execute(),
    );
    return rows.map(endedOf);
  }

  override async takeUnrecorded(before: EpochMillis, at: EpochMillis, most: number): Promise<readonly EndedSession[]> {
    const waiting = this.#db.selectFrom('console_session').select('digest').where('ended_at', '<', before).limit(most);
    const rows = await this.#ask(() =>
      this.#db
        .updateTable('console_session')
        .set({ ended_at: at })
        .where('digest', 'in', waiting)
        // Another replica may have taken it between the two.
        .where('ended_at', '<', before)
        .returning(['digest', 'started_by', 'ending'])
        .execute(),
    );
    return rows.map(endedOf);
  }

  override async forget(digest: SessionDigest): Promise<void> {
    const remove = this.#db.deleteFrom('console_session').where('digest', '=', digest);
    await this.#ask(() => remove.where('ending', 'is not', null).execute());
  }

  override async forgetUses(before: EpochMillis, most: number): Promise<void> {
    const old = this.#db.selectFrom('one_time_use').select('digest').where('until', '<', before).limit(most);
    await this.#ask(() => this.#db.deleteFrom('one_time_use').where('digest', 'in', old).execute());
  }

  async #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch (error) {
      throw this.#translate(error);
    }
  }
}

async function isFirstUse(db: Kysely<Database>, use: OneTimeUse): Promise<boolean> {
  const insert = db.insertInto('one_time_use').values({ ...use });
  const { numInsertedOrUpdatedRows } = await insert
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

async function end(
  db: Kysely<Database>,
  ending: SessionEnding,
  at: EpochMillis,
  condition: Condition,
): Promise<readonly EndedSession[]> {
  const rows = await db
    .updateTable('console_session')
    .set({ ending, ended_at: at })
    .where('ending', 'is', null)
    .where(condition)
    .returning(['digest', 'started_by', 'ending'])
    .execute();
  return rows.map(endedOf);
}
