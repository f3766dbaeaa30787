/**
 * Lets so many begin per turn of the event loop; the others wait for the next turns, in order. A crowd that arrives at
 * once is read within one turn, and what all of it hands to the log at once would wait there beyond its time.
 */
export class TurnPace {
  readonly #perTurn: number;
  readonly #waiting: (() => void)[] = [];
  #begun = 0;
  #isTurnWatched = false;

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
  }

  begin(work: () => void): void {
    this.#watchTurn();
    if (this.#begun < this.#perTurn && this.#waiting.length === 0) {
      this.#begun += 1;
      work();
    } else {
      this.#waiting.push(work);
    }
  }

  #watchTurn(): void {
    if (this.#isTurnWatched) return;
    this.#isTurnWatched = true;
    setImmediate(() => {
      this.#isTurnWatched = false;
      const next = this.#waiting.splice(0, this.#perTurn);
      this.#begun = next.length;
      if (next.length > 0) this.#watchTurn();
      for (const work of next) work();
    });
  }
}
