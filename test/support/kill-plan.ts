import type { SeededRandom } from './seeded-random.ts';

/** How one broker is brought to its end. */
export interface KillPlan {
  /** Pauses under way at the same time. */
  readonly callers: number;
  readonly readBeforePause: boolean;
  /**
   * The crossing at which it kills itself, from 1; `held at Graph`: the test kills it while Graph, which has applied a
   * pause, holds back the answer.
   */
  readonly killAt: number | 'held at Graph';
}

/** A pause has nine crossings, eighteen with the read before it; a reconciliation has twelve. */
const crossings = 45;

export function killPlan(random: SeededRandom): KillPlan {
  const callers = 1 + random.next(4);
  const readBeforePause = random.next(2) === 0;
  const killAt = random.next(6) === 0 ? 'held at Graph' : 1 + random.next(crossings);
  return { callers, readBeforePause, killAt };
}
