import { createHash } from 'node:crypto';
import type { Quota, RateLimit } from '#kernel';
import { LRUCache } from 'lru-cache';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** What every limiter is made with. `duration` is in seconds. */
export interface LimiterOptions {
  readonly points: number;
  readonly duration: number;
  readonly keyPrefix: string;
}

/** The library has one limiter per limit; those of a policy that was replaced are forgotten in time. */
export class LimiterPerLimit {
  readonly #limiters = new LRUCache<string, RateLimiterAbstract>({ max: 1_000 });
  readonly #make: (options: LimiterOptions) => RateLimiterAbstract;

  constructor(make: (options: LimiterOptions) => RateLimiterAbstract) {
    this.#make = make;
  }

  async take(key: string, limit: RateLimit): Promise<Quota> {
    const { name, limiter } = this.#limiterOf(limit);
    // Neither callers nor rules are to be read from the counts.
    const counted = createHash('sha256').update(`${name} ${key}`).digest('base64url');
    try {
      return quotaOf(await limiter.consume(counted), true);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return quotaOf(refusal, false);
      throw refusal;
    }
  }

  #limiterOf({ requests, perMillis }: RateLimit): { readonly name: string; readonly limiter: RateLimiterAbstract } {
    const name = `${requests}/${perMillis}`;
    let limiter = this.#limiters.get(name);
    if (limiter === undefined) {
      limiter = this.#make({ points: requests, duration: perMillis / 1_000, keyPrefix: '' });
      this.#limiters.set(name, limiter);
    }
    return { name, limiter };
  }
}

function quotaOf({ remainingPoints, msBeforeNext }: RateLimiterRes, within: boolean): Quota {
  return { within, remaining: remainingPoints, resetMillis: msBeforeNext };
}
