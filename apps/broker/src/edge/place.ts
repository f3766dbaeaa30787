/** A request's share of what may be under way: until it is answered and the reply is out, or nobody waits for it any more. */
export class Place {
  readonly #free: () => void;
  #answered = false;
  #closed = false;

  constructor(free: () => void) {
    this.#free = free;
  }

  /** The work is done. A client that has gone away does not end it. */
  answered(): void {
    if (this.#answered) return;
    this.#answered = true;
    if (this.#closed) this.#free();
  }

  closed(): void {
    this.#closed = true;
    if (this.#answered) this.#free();
  }
}
