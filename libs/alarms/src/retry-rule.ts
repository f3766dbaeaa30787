import type { Attempt } from './webhook-post.ts';

/** After so many attempts in vain an alarm that the destination refuses is parked. */
export const maxAttempts = 8;
/** After so long, and as many attempts, so is one for a destination that is away. */
export const patienceMillis = 86_400_000;
const firstWaitMillis = 1_000;
const longestWaitMillis = 3_600_000;

/** What follows an attempt in vain. */
export type AfterFailure = { readonly kind: 'park' } | { readonly kind: 'later'; readonly millis: number };

/**
 * Decides whether to try again, and when: after twice as long each time, give or take a quarter, so that what failed
 * together does not come back together.
 * @param attempts in vain, the present one included.
 * @param ageMillis since the alarm happened.
 */
export function afterFailure(
  failure: Exclude<Attempt, { kind: 'delivered' }>,
  attempts: number,
  ageMillis: number,
  random: () => number,
): AfterFailure {
  if (failure.kind === 'misconfigured') return { kind: 'park' };
  const isOver = attempts >= maxAttempts && (failure.kind === 'refused' || ageMillis >= patienceMillis);
  if (isOver) return { kind: 'park' };
  const wait = Math.min(firstWaitMillis * 2 ** Math.min(attempts - 1, 30), longestWaitMillis);
  const asked = failure.kind === 'troubled' ? (failure.retryAfterMillis ?? 0) : 0;
  return {
    kind: 'later',
    millis: Math.max(Math.round(wait * (0.75 + random() / 2)), Math.min(asked, longestWaitMillis)),
  };
}
