import { type Kysely, sql } from 'kysely';
import type { LogOrigin } from '#audit';
import { type ClaimedTimer, HoldTimers, type TimerKind } from '#holds';
import type { EpochMillis, EventId } from '#kernel';
import type { TranslateError } from '../foreign-error.ts';
import type { Dialect } from '../migrations/dialect.ts';
import type { Database } from '../schema.ts';
import type { DatabaseTime } from '../sql-lease-store.ts';

interface ClaimedRow {
  readonly id: string;
  readonly kind: TimerKind;
  readonly fence: number;
  readonly attempts: number;
  readonly due_at: number;
  readonly claimed_at: number;
}

/** {@link HoldTimers} of one log. Each method is one statement; only clock and row locks differ between the dialects. */
export class SqlHoldTimers extends HoldTimers {
  readonly #db: Kysely<Database>;
  readonly #dialect: Dialect;
  readonly #origin: LogOrigin;
  readonly #now: DatabaseTime;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, dialect: Dialect, origin: LogOrigin, now: DatabaseTime, translate: TranslateError) {
    super();
    this.#db = db;
    this.#dialect = dialect;
    this.#origin = origin;
    this.#now = now;
    this.#translate = translate;
  }

  override async claim(owner: string, leaseMillis: number, limit: number): Promise<readonly ClaimedTimer[]> {
    const now = this.#now();
    // Without it a second replica would wait for the first one's statement and then find nothing.
    const skipLocked = this.#dialect === 'postgres' ? sql`for update of t skip locked` : sql``;
    const claiming = sql<ClaimedRow>`
      update hold_timer set lease_owner = ${owner}, lease_until = ${now} + ${leaseMillis}, fence = fence + 1
      where (log_id, idx, kind) in (
        select t.log_id, t.idx, t.kind from hold_timer t
        join hold h on h.log_id = t.log_id and h.idx = t.idx
        where t.log_id = ${this.#logId()} and t.due_at <= ${now} and t.lease_until <= ${now} and h.state = 'held'
        order by t.due_at, t.idx limit ${limit} ${skipLocked})
      returning (select h.id from hold h where h.log_id = hold_timer.log_id and h.idx = hold_timer.idx) as id,
        kind, fence, attempts, due_at, lease_until - ${leaseMillis} as claimed_at`;
    const rows = await this.#ask(claiming.execute(this.#db).then((result) => result.rows));
    return rows
      .toSorted((one, other) => one.due_at - other.due_at)
      .map(({ id, kind, fence, attempts, due_at, claimed_at }) => ({
        hold: id as EventId,
        kind,
        due: due_at as EpochMillis,
        fence,
        attempts,
        lateMillis: claimed_at - due_at,
      }));
  }

  override async putOff(timer: ClaimedTimer, millis: number, reason: string): Promise<void> {
    const now = this.#now();
    const puttingOff = sql`
      update hold_timer set lease_owner = null, lease_until = ${now} + ${millis}, attempts = attempts + 1,
        last_error = ${reason}
      where log_id = ${this.#logId()} and kind = ${timer.kind} and fence = ${timer.fence}
        and idx = (select h.idx from hold h where h.log_id = hold_timer.log_id and h.id = ${timer.hold})`;
    await this.#ask(puttingOff.execute(this.#db));
  }

  #logId() {
    return sql`(select log_id from audit_head where origin = ${this.#origin})`;
  }

  async #ask<Rows>(rows: Promise<Rows>): Promise<Rows> {
    try {
      return await rows;
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
