import type { Clock } from '#kernel';
import type { Reconciler } from './reconciler.ts';

/** Runs a reconciler's rounds until it is closed. A round that fails is told and followed by the next. */
export class ReconcilerLoop {
  readonly #reconciler: Reconciler;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  /** Starts with a round at once. @param onFailure hears why a round failed: the store, or the audit log. */
  constructor(reconciler: Reconciler, clock: Clock, everyMillis: number, onFailure: (error: unknown) => void) {
    this.#reconciler = reconciler;
    this.#running = this.#run(clock, everyMillis, onFailure);
  }

  /** Lets the round under way end, then gives the lease back. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#reconciler.close();
  }

  async #run(clock: Clock, everyMillis: number, onFailure: (error: unknown) => void): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#reconciler.round(signal).catch(onFailure);
      await clock.wait(everyMillis, signal).catch(() => undefined);
    }
  }
}
