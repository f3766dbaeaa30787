import type { Pool } from 'pg';
import type { AppendCondition, LogHead, LogOrigin } from '#audit';
import { fromPostgres } from '../foreign-error.ts';
import { assertContinues, type Integrate, type LogAppender } from '../sql-log-store.ts';
import { AppendTransaction } from './append-transaction.ts';

/** Appends under the row lock of the log's head, which is what keeps replicas in one order without gaps. */
export class PostgresAppender implements LogAppender {
  readonly #pool: Pool;
  readonly #origin: LogOrigin;

  /** @param pool for appends alone, so that slow readers cannot starve them. */
  constructor(pool: Pool, origin: LogOrigin) {
    this.#pool = pool;
    this.#origin = origin;
  }

  async append(integrate: Integrate, condition?: AppendCondition): Promise<LogHead> {
    const transaction = await this.#open();
    try {
      const { logId, head } = await transaction.begin(this.#origin);
      if (condition !== undefined) await transaction.assert(logId, condition);
      const integration = integrate(head);
      assertContinues(head, integration);
      if (condition?.claim !== undefined) await transaction.tie(condition.claim, integration.entries);
      await transaction.write(logId, head?.size ?? 0, integration);
      await transaction.commit();
      await transaction.end('committed');
      return integration.head;
    } catch (error) {
      await transaction.end('failed');
      throw error;
    }
  }

  async #open(): Promise<AppendTransaction> {
    try {
      return new AppendTransaction(await this.#pool.connect());
    } catch (error) {
      throw fromPostgres(error);
    }
  }
}
