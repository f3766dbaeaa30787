import { Socket } from 'node:net';

/**
 * A socket that hands the system at once what is written to it in one go. The driver writes query by query, and each
 * write wakes the server: for the queries of an append that costs more than to make them.
 */
export class GatheringSocket extends Socket {
  #gathering = false;

  /** The driver corks around each query that has parameters. */
  override cork(): void {
    if (!this.#gathering) {
      this.#gathering = true;
      super.cork();
      process.nextTick(() => {
        this.#gathering = false;
        super.uncork();
      });
    }
    super.cork();
  }
}
