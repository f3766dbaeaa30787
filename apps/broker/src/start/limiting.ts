import type { Clock } from '#kernel';
import { RateLimits, type RateLimitsPorts, Replays, type ReplaysPorts, RoundLoop } from '#operations';
import type { Store } from '#store';
import type { Logger } from 'pino';
import { IdempotentRequests } from '../idempotency/idempotent-requests.ts';
import { sweep } from './sweep.ts';

const sweepEveryMillis = 300_000;

interface Parts extends Omit<RateLimitsPorts, 'limiter'>, ReplaysPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly keptMillis: number;
  readonly logger: Logger;
}

/** What stands between a request and its handler, at work. */
export interface Limiting {
  readonly limits: RateLimits;
  readonly idempotent: IdempotentRequests;
  close(): Promise<void>;
}

/** Begins to remove what is kept for repeats, and the counts of rates, when their time is over. */
export function startLimiting(parts: Parts): Limiting {
  const { store, clock, logger } = parts;
  const wait = (): number => sweepEveryMillis * (0.75 + Math.random() / 2);
  const loop = new RoundLoop(
    { round: (signal) => sweep([store.claims, store.rates], signal) },
    clock,
    wait,
    (error) => {
      logger.warn({ err: error }, 'could not remove what is kept for repeated requests now');
    },
  );
  return {
    limits: new RateLimits({ ...parts, limiter: store.rates }),
    idempotent: new IdempotentRequests({ ...parts, claims: store.claims, replays: new Replays(parts) }),
    close: () => loop.close(),
  };
}
