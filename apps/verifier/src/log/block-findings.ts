import type { FieldCounts } from '../leaf/check-disclosures.ts';
import { IndexRanges } from '../report/index-ranges.ts';
import type { Problem, ProblemCode } from '../report/problem.ts';

/** What was derived of one block. */
export interface ScannedBlock {
  readonly number: number;
  /** Undefined when the block is not full, or not all of its hashes could be derived. */
  readonly root: Uint8Array | undefined;
  readonly derived: Uint8Array;
  readonly stored: Uint8Array | undefined;
  readonly underivable: boolean;
  /** Whether stored and derived leaf hashes differ. */
  readonly deviates: boolean;
}

/** Plain data, so that a worker can hand it over. */
export interface FindingsData {
  readonly problems: readonly Problem[];
  readonly missing: readonly (readonly [number, number])[];
  readonly erased: readonly (readonly [number, number])[];
  readonly counts: { readonly disclosed: number; readonly erased: number; readonly sealed: number };
  readonly entries: number;
  readonly prunedBelow: number;
  /** Roots of the full blocks in order; zeros where there is none. */
  readonly roots: Uint8Array;
  /** Blocks that need a second look: not full, deviating, underivable, without stored hashes, or asked for. */
  readonly kept: readonly ScannedBlock[];
}

/** Collects what a scan of consecutive blocks finds. */
export class BlockFindings {
  readonly #problems: Problem[] = [];
  readonly #roots: Uint8Array[] = [];
  readonly #kept: ScannedBlock[] = [];
  readonly #keep: ReadonlySet<number>;
  readonly #counts = { disclosed: 0, erased: 0, sealed: 0 };
  readonly #erased = new IndexRanges();
  readonly missing = new IndexRanges();
  #prunedBelow = 0;
  entries = 0;

  /** `keep`: numbers of blocks whose hashes will be needed. */
  constructor(keep: ReadonlySet<number>) {
    this.#keep = keep;
  }

  problem(code: ProblemCode, detail: string, index: number): void {
    this.#problems.push({ code, detail, index });
  }

  add(problems: readonly Problem[]): void {
    if (problems.length > 0) this.#problems.push(...problems);
  }

  /** An entry of the log itself says that what stands before `minIndex` was pruned. */
  pruneBelow(minIndex: number): void {
    this.#prunedBelow = Math.max(this.#prunedBelow, minIndex);
  }

  fields(index: number, { disclosed, erased, sealed, problems }: FieldCounts): void {
    this.#counts.disclosed += disclosed;
    this.#counts.erased += erased;
    this.#counts.sealed += sealed;
    if (erased > 0) this.#erased.add(index);
    this.add(problems);
  }

  block(scanned: ScannedBlock): void {
    this.#roots.push(scanned.root ?? new Uint8Array(32));
    const sound = scanned.root !== undefined && scanned.stored !== undefined && !scanned.deviates;
    if (!sound || this.#keep.has(scanned.number)) this.#kept.push(scanned);
  }

  data(): FindingsData {
    return {
      problems: this.#problems,
      missing: this.missing.ranges,
      erased: this.#erased.ranges,
      counts: this.#counts,
      entries: this.entries,
      prunedBelow: this.#prunedBelow,
      roots: Buffer.concat(this.#roots),
      kept: this.#kept,
    };
  }
}
