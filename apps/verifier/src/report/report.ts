import { IndexRanges } from './index-ranges.ts';
import { type Problem, type ProblemCode, stateOf } from './problem.ts';

type Range = readonly [from: number, to: number];

/** What a verification found; this is also the form of `--json`. */
export interface Result {
  readonly verdict: 'verified' | 'mismatch' | 'incomplete';
  /** What was looked at, as origin, sizes and counts. */
  readonly facts: Readonly<Record<string, string | number>>;
  readonly entries: {
    readonly verified: number;
    readonly pruned: number;
    readonly missing: number;
    readonly mismatch: number;
  };
  readonly fields: { readonly disclosed: number; readonly erased: number; readonly sealed: number };
  readonly prunedEntries: readonly Range[];
  /** Entries with a personal field whose value is no longer kept. */
  readonly erasedEntries: readonly Range[];
  readonly problems: readonly (Problem & { readonly state: 'MISSING' | 'MISMATCH' })[];
  /** Why something could not be verified at all. */
  readonly incomplete: readonly string[];
}

/** Collects all findings of a verification; it never ends at the first. */
export class Report {
  readonly #problems: Problem[] = [];
  readonly #incomplete = new Set<string>();
  readonly #facts: Record<string, string | number> = {};
  readonly pruned = new IndexRanges();
  readonly erased = new IndexRanges();
  readonly fields = { disclosed: 0, erased: 0, sealed: 0 };
  /** Entries that were checked, good or bad. */
  checked = 0;

  problem(code: ProblemCode, detail: string, index?: number, to?: number): void {
    this.#problems.push({
      code,
      detail,
      ...(index !== undefined && { index }),
      ...(to !== undefined && to !== index && { to }),
    });
  }

  add(problems: readonly Problem[]): void {
    for (const problem of problems) this.#problems.push(problem);
  }

  /** Something could not be verified, and the reason. */
  lacks(reason: string): void {
    this.#incomplete.add(reason);
  }

  fact(name: string, value: string | number): void {
    this.#facts[name] = value;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  result(): Result {
    const problems = this.#problems.map((problem) => ({ state: stateOf(problem), ...problem }));
    const indexed = (state: string) =>
      IndexRanges.union([
        problems.flatMap((problem): Range[] =>
          problem.state === state && problem.index !== undefined ? [[problem.index, problem.to ?? problem.index]] : [],
        ),
      ]);
    const [missing, mismatch] = [indexed('MISSING').count, indexed('MISMATCH').count];
    return {
      verdict: problems.length > 0 ? 'mismatch' : this.#incomplete.size > 0 ? 'incomplete' : 'verified',
      facts: this.#facts,
      entries: { verified: Math.max(0, this.checked - mismatch), pruned: this.pruned.count, missing, mismatch },
      fields: this.fields,
      prunedEntries: this.pruned.ranges,
      erasedEntries: this.erased.ranges,
      problems: problems.sort((one, other) => (one.index ?? -1) - (other.index ?? -1)),
      incomplete: [...this.#incomplete],
    };
  }
}
