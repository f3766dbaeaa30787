import type { Clock } from '#kernel';

/** Work that is done in rounds. */
export interface RoundWorker {
  round(signal: AbortSignal): Promise<void>;
  /** Called once no round is under way any more. */
  close?(): Promise<void>;
}

/** Runs a worker's rounds until it is closed. A round that fails is told and followed by the next. */
export class RoundLoop {
  readonly #worker: RoundWorker;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  /**
   * Starts with a round at once.
   * @param waitMillis gives how long to wait after each round.
   * @param onFailure hears why a round failed: the store, or the audit log.
   */
  constructor(worker: RoundWorker, clock: Clock, waitMillis: () => number, onFailure: (error: unknown) => void) {
    this.#worker = worker;
    this.#running = this.#run(clock, waitMillis, onFailure);
  }

  /** Lets the round under way end, then closes the worker. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#worker.close?.();
  }

  async #run(clock: Clock, waitMillis: () => number, onFailure: (error: unknown) => void): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#worker.round(signal).catch(onFailure);
      await clock.wait(waitMillis(), signal).catch(() => undefined);
    }
  }
}
