import { type Quota, type RateLimit, RateLimiter } from '#kernel';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { LimiterPerLimit } from './limiter-per-limit.ts';
import type { RateCounts } from './rate-counts.ts';

/** Counts of one process, in its memory: enough where there is one replica. A restart begins anew. */
export class MemoryRateCounts extends RateLimiter implements RateCounts {
  readonly #limiters = new LimiterPerLimit((options) => new RateLimiterMemory(options));

  override take(key: string, limit: RateLimit): Promise<Quota> {
    return this.#limiters.take(key, limit);
  }

  /** Windows that are over leave memory by themselves. */
  removeEnded(): Promise<number> {
    return Promise.resolve(0);
  }
}
