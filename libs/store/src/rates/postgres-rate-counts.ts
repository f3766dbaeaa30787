import { type Quota, type RateLimit, RateLimiter } from '#kernel';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { fromPostgres } from '../foreign-error.ts';
import { LimiterPerLimit } from './limiter-per-limit.ts';
import type { RateCounts } from './rate-counts.ts';

const removeEnded = `delete from rate_limit where key in
  (select key from rate_limit where expire < extract(epoch from clock_timestamp()) * 1000 - 60000 order by expire limit $1)`;

/**
 * Counts that replicas share. While the database is away each replica counts in its memory. A caller that has used up
 * its quota is refused from memory too, so that a flood does not reach the database.
 */
export class PostgresRateCounts extends RateLimiter implements RateCounts {
  readonly #pool: Pool;
  readonly #limiters: LimiterPerLimit;

  constructor(pool: Pool) {
    super();
    this.#pool = pool;
    // Without names: prepared statements do not survive every connection pooler.
    const client = { query: ({ text, values }: { text: string; values: unknown[] }) => pool.query(text, values) };
    this.#limiters = new LimiterPerLimit(
      (options) =>
        new RateLimiterPostgres({
          ...options,
          storeClient: client,
          storeType: 'client',
          tableName: 'rate_limit',
          tableCreated: true,
          clearExpiredByTimeout: false,
          inMemoryBlockOnConsumed: options.points,
          insuranceLimiter: new RateLimiterMemory(options),
        }),
    );
  }

  override take(key: string, limit: RateLimit): Promise<Quota> {
    return this.#limiters.take(key, limit);
  }

  /** Not before a minute after their end: the clocks that count are those of the replicas. */
  async removeEnded(limit: number): Promise<number> {
    try {
      const { rowCount } = await this.#pool.query(removeEnded, [limit]);
      return rowCount ?? 0;
    } catch (error) {
      throw fromPostgres(error);
    }
  }
}
