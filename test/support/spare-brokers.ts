import type { BrokerProcess } from './broker-process.ts';

/** Brokers that are started ahead of need, one after the other, while a suite waits for something else. */
export class SpareBrokers {
  readonly #start: () => Promise<BrokerProcess>;
  readonly #waiting: Promise<BrokerProcess>[] = [];
  #closed = false;

  constructor(start: () => Promise<BrokerProcess>, count: number) {
    this.#start = start;
    let earlier: Promise<unknown> = Promise.resolve();
    for (let n = 0; n < count; n += 1) {
      const spare = earlier.then(() => this.#startUnlessClosed());
      // Whoever takes it hears of the failure.
      earlier = spare.catch(() => undefined);
      this.#waiting.push(spare);
    }
  }

  /** One that nobody had before. */
  next(): Promise<BrokerProcess> {
    return this.#waiting.shift() ?? this.#start();
  }

  /** Starts no more, and resolves when none is being started. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#waiting);
  }

  #startUnlessClosed(): Promise<BrokerProcess> {
    return this.#closed ? Promise.reject(new Error('closed')) : this.#start();
  }
}
