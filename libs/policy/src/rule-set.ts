/** A set of rules of one policy, by their position in the file. Bits, so that 32 rules are judged in one step. */
export class RuleSet {
  readonly #words: Int32Array;

  private constructor(words: Int32Array) {
    this.#words = words;
  }

  /** The set of those of the first `size` positions that `includes`. */
  static where(size: number, includes: (index: number) => boolean): RuleSet {
    const words = new Int32Array(Math.ceil(size / 32));
    for (let index = 0; index < size; index++) {
      if (includes(index)) words[index >>> 5] = wordAt(words, index >>> 5) | (1 << (index & 31));
    }
    return new RuleSet(words);
  }

  has(index: number): boolean {
    return (wordAt(this.#words, index >>> 5) & (1 << (index & 31))) !== 0;
  }

  /** Both sets belong to the same policy. */
  or(other: RuleSet): RuleSet {
    return new RuleSet(this.#words.map((word, at) => word | wordAt(other.#words, at)));
  }

  /** Both sets belong to the same policy. */
  and(other: RuleSet): RuleSet {
    return new RuleSet(this.#words.map((word, at) => word & wordAt(other.#words, at)));
  }

  /** Equal for equal sets of the same policy. */
  get key(): string {
    return this.#words.join(',');
  }

  /** The positions in all three sets, ascending. */
  static common(a: RuleSet, b: RuleSet, c: RuleSet): number[] {
    const indexes: number[] = [];
    for (let at = 0; at < a.#words.length; at++) {
      let word = wordAt(a.#words, at) & wordAt(b.#words, at) & wordAt(c.#words, at);
      while (word !== 0) {
        const lowest = word & -word;
        indexes.push(at * 32 + 31 - Math.clz32(lowest));
        word ^= lowest;
      }
    }
    return indexes;
  }
}

function wordAt(words: Int32Array, at: number): number {
  return words[at] ?? 0;
}
