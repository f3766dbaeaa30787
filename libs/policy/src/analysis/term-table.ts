import { type RuleTerms, termsCover } from './rule-terms.ts';

/** The terms of all rules for one action, with which covers which; each pair of different terms is compared once. */
export class TermTable {
  readonly #kinds: readonly RuleTerms[];
  readonly #kindOf: readonly number[];
  /** Per pair of kinds: 0 not compared yet, 1 does not cover, 2 covers. */
  readonly #known: Uint8Array;

  constructor(terms: readonly RuleTerms[]) {
    const kinds = new Map(terms.map((each) => [each.key, each]));
    this.#kinds = [...kinds.values()];
    const numbers = new Map([...kinds.keys()].map((key, number) => [key, number]));
    this.#kindOf = terms.map(({ key }) => numbers.get(key) ?? 0);
    this.#known = new Uint8Array(this.#kinds.length ** 2);
  }

  /** By position of the rules. */
  covers(outer: number, inner: number): boolean {
    const [one = 0, other = 0] = [this.#kindOf[outer], this.#kindOf[inner]];
    if (one === other) return true;
    const pair = one * this.#kinds.length + other;
    if (this.#known[pair] === 0) this.#known[pair] = this.#compare(one, other) ? 2 : 1;
    return this.#known[pair] === 2;
  }

  #compare(one: number, other: number): boolean {
    const [outer, inner] = [this.#kinds[one], this.#kinds[other]];
    return outer !== undefined && inner !== undefined && termsCover(outer, inner);
  }
}
