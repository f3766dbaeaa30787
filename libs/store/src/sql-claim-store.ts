import { type Kysely, sql } from 'kysely';
import { type Claim, type ClaimHolder, ClaimStore } from '#audit';
import type { EventId } from '#kernel';
import type { TranslateError } from './foreign-error.ts';
import { plainBytes } from './plain-bytes.ts';
import type { Database } from './schema.ts';
import type { DatabaseTime } from './sql-lease-store.ts';

/** {@link ClaimStore} in SQL that both dialects know; only the clock differs. */
export class SqlClaimStore extends ClaimStore {
  readonly #db: Kysely<Database>;
  readonly #now: DatabaseTime;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, now: DatabaseTime, translate: TranslateError) {
    super();
    this.#db = db;
    this.#now = now;
    this.#translate = translate;
  }

  override async claim(holder: ClaimHolder, request: string, leaseMillis: number, keptMillis: number): Promise<Claim> {
    const taken = await this.#take(holder, request, leaseMillis, keptMillis);
    if (taken) return { kind: 'ours', holder };
    const { id } = holder;
    const found = await this.#ask(
      this.#db
        .selectFrom('idempotency_claim')
        .select(['request', 'event', 'reply', sql<number>`lease_until - ${this.#now()}`.as('left')])
        .where('id', '=', id)
        .executeTakeFirst(),
    );
    // Given back, or left alone, since a moment ago: whoever asks again gets it.
    if (found === undefined) return { kind: 'in_flight' };
    if (found.request !== request) return { kind: 'other_request' };
    const event = found.event as EventId | null;
    if (found.reply !== null) {
      return { kind: 'answered', reply: plainBytes(found.reply), ...(event !== null && { event }) };
    }
    return event === null || found.left > 0 ? { kind: 'in_flight' } : { kind: 'orphaned', event };
  }

  override async answer(holder: ClaimHolder, reply: Uint8Array, ifTied: boolean): Promise<boolean> {
    let answering = this.#db
      .updateTable('idempotency_claim')
      .set({ reply })
      .where('id', '=', holder.id)
      .where('token', '=', holder.token);
    if (ifTied) answering = answering.where('event', 'is not', null);
    const { numUpdatedRows } = await this.#ask(answering.executeTakeFirstOrThrow());
    return numUpdatedRows > 0n;
  }

  override async release({ id, token }: ClaimHolder, ifUntied: boolean): Promise<void> {
    let releasing = this.#db.deleteFrom('idempotency_claim').where('id', '=', id).where('token', '=', token);
    if (ifUntied) releasing = releasing.where('event', 'is', null);
    await this.#ask(releasing.execute());
  }

  override async free(id: string, event: EventId): Promise<void> {
    const freeing = this.#db.deleteFrom('idempotency_claim').where('id', '=', id).where('event', '=', event);
    await this.#ask(freeing.where('reply', 'is', null).where('lease_until', '<=', this.#now()).execute());
  }

  override async removeEnded(limit: number): Promise<number> {
    const ended = this.#db
      .selectFrom('idempotency_claim')
      .select('id')
      .where('ends_at', '<=', this.#now())
      .orderBy('ends_at')
      .limit(limit);
    const removing = this.#db.deleteFrom('idempotency_claim').where('id', 'in', ended);
    // A claim that was taken anew since it was looked at has a new end.
    const { numDeletedRows } = await this.#ask(removing.where('ends_at', '<=', this.#now()).executeTakeFirstOrThrow());
    return Number(numDeletedRows);
  }

  async #take({ id, token }: ClaimHolder, request: string, leaseMillis: number, keptMillis: number): Promise<boolean> {
    const now = this.#now();
    const claim = {
      request,
      token,
      lease_until: sql<number>`${now} + ${leaseMillis}`,
      ends_at: sql<number>`${now} + ${keptMillis}`,
      event: null,
      reply: null,
    };
    const taking = this.#db
      .insertInto('idempotency_claim')
      .values({ id, ...claim })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet(claim)
          .where((row) =>
            row.or([
              row('idempotency_claim.ends_at', '<=', now),
              row.and([
                row('idempotency_claim.event', 'is', null),
                row('idempotency_claim.reply', 'is', null),
                row('idempotency_claim.lease_until', '<=', now),
              ]),
            ]),
          ),
      );
    const { numInsertedOrUpdatedRows = 0n } = await this.#ask(taking.executeTakeFirstOrThrow());
    return numInsertedOrUpdatedRows > 0n;
  }

  async #ask<Rows>(rows: Promise<Rows>): Promise<Rows> {
    try {
      return await rows;
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
