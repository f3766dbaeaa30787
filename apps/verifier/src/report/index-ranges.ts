/** A set of entry indexes, kept as ranges, because states come in long runs. Indexes are added in ascending order. */
export class IndexRanges {
  readonly #ranges: [from: number, to: number][] = [];

  add(from: number, to = from): void {
    const last = this.#ranges.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else this.#ranges.push([from, to]);
  }

  get count(): number {
    return this.#ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  }

  /** First and last index of each run. */
  get ranges(): readonly (readonly [from: number, to: number])[] {
    return this.#ranges;
  }

  /** The union of several sets. */
  static union(sets: Iterable<readonly (readonly [number, number])[]>): IndexRanges {
    const union = new IndexRanges();
    for (const [from, to] of [...sets].flat().sort(([one], [other]) => one - other)) union.add(from, to);
    return union;
  }
}
