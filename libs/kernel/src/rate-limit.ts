/** So many requests in each window of so many milliseconds. */
export interface RateLimit {
  readonly requests: number;
  readonly perMillis: number;
}

/** What is left of a quota once a request was counted. */
export interface Quota {
  /** The request is within it. */
  readonly within: boolean;
  readonly remaining: number;
  /** Milliseconds until the window ends and the quota is whole again. */
  readonly resetMillis: number;
}

/** Counts requests against limits, for all replicas that share a database. */
export abstract class RateLimiter {
  /** Counts one request of whatever `key` names. Never rejects because a database is away: it then counts alone. */
  abstract take(key: string, limit: RateLimit): Promise<Quota>;
}
