import type { RateLimiter } from '#kernel';

/** The counts of a {@link RateLimiter}, and what is left of windows that are over. */
export interface RateCounts extends RateLimiter {
  /** Removes at most so many counts of windows that are over; gives how many it removed. */
  removeEnded(limit: number): Promise<number>;
}
