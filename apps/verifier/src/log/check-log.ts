import type { Checkpoint } from '../note/checkpoint.ts';
import { IndexRanges } from '../report/index-ranges.ts';
import type { Report } from '../report/report.ts';
import { hashLength } from '../tree/hash.ts';
import { countAt, tileWidth } from '../tree/tiles.ts';
import type { FindingsData } from './block-findings.ts';
import { checkBlocks } from './check-blocks.ts';
import { checkGaps } from './check-gaps.ts';
import { checkSeen } from './check-seen.ts';
import { checkTree } from './check-tree.ts';
import { DerivedTree } from './derived-tree.ts';
import type { StoredTree } from './stored-tree.ts';

/** A whole log to be verified. */
export interface LogToCheck {
  /** What the log was signed as. */
  readonly checkpoint: Checkpoint;
  readonly tree: StoredTree;
  /** Older checkpoints that it must extend; already opened. */
  readonly seen: readonly Checkpoint[];
  /** Scans all blocks; the findings come in the order of the blocks. `keep`: blocks whose hashes are needed. */
  readonly scan: (keep: ReadonlySet<number>) => Promise<readonly FindingsData[]>;
}

/** Derives the whole log again from its entries and reports everything that does not fit. */
export async function checkLog({ checkpoint, tree, seen, scan }: LogToCheck, report: Report): Promise<void> {
  const { size, root } = checkpoint;
  report.fact('origin', checkpoint.origin);
  report.fact('size', size);
  report.fact('root', Buffer.from(root).toString('base64'));
  const keep = new Set([size, ...seen.map((older) => older.size)].map((at) => Math.floor(at / tileWidth)));
  const findings = await scan(keep);
  const prunedBelow = Math.max(0, ...findings.map((part) => part.prunedBelow));
  collect(findings, report);
  checkGaps(IndexRanges.union(findings.map(({ missing }) => missing)).ranges, size, prunedBelow, report);
  const kept = new Map(findings.flatMap((part) => part.kept).map((block) => [block.number, block]));
  const roots = Buffer.concat(
    findings.map((part) => part.roots),
    countAt(1, size) * hashLength,
  );
  for (const { number, underivable } of kept.values()) {
    // What is pruned down to its tile is vouched for by the tile above.
    const above = underivable ? storedHash(tree, number) : undefined;
    if (above !== undefined && number < countAt(1, size)) roots.set(above, number * hashLength);
  }
  const derived = new DerivedTree(size, roots, kept);
  const signed = checkTree(derived, tree, root, report);
  checkBlocks(derived, signed, kept, prunedBelow, report);
  // Whatever the search for a culprit found or missed: entries that do not lead to the signed root are never verified.
  if (signed.reached !== 'derived' && report.problems.length === 0) {
    report.problem('root', 'The entries do not lead to the root of the checkpoint');
  }
  checkSeen(seen, derived, report);
}

function storedHash(tree: StoredTree, number: number): Uint8Array | undefined {
  const at = (number % tileWidth) * hashLength;
  const tile = tree.tile(1, Math.floor(number / tileWidth)) ?? tree.edge[1];
  const hash = tile?.subarray(at, at + hashLength);
  return hash?.length === hashLength ? hash : undefined;
}

function collect(findings: readonly FindingsData[], report: Report): void {
  for (const { problems, counts, entries, erased } of findings) {
    report.add(problems);
    report.checked += entries;
    report.fields.disclosed += counts.disclosed;
    report.fields.erased += counts.erased;
    report.fields.sealed += counts.sealed;
    for (const [from, to] of erased) report.erased.add(from, to);
  }
}
