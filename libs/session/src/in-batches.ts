import type { EndedSession } from './session.ts';

/** How many sessions a statement takes at most, so that none holds the store for long. */
export const batchSize = 100;

/** Does the work for all that there is to take, one batch after the other. */
export async function inBatches(
  take: () => Promise<readonly EndedSession[]>,
  work: (ended: readonly EndedSession[]) => Promise<void>,
): Promise<void> {
  let taken: readonly EndedSession[];
  do {
    taken = await take();
    await work(taken);
  } while (taken.length === batchSize);
}
