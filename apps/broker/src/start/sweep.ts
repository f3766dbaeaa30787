/** Rows of one statement: small, so that nobody waits for a sweep. */
const batch = 500;

/** What keeps rows whose time can be over. */
export interface Sweepable {
  /** Removes at most so many of them; gives how many it removed. */
  removeEnded(limit: number): Promise<number>;
}

/** Removes all whose time is over, batch by batch, until it is told to stop. */
export async function sweep(kept: readonly Sweepable[], signal: AbortSignal): Promise<void> {
  for (const one of kept) {
    while (!signal.aborted && (await one.removeEnded(batch)) === batch);
  }
}
