import type { Report } from '../report/report.ts';
import { hashIn, hashLength, same } from '../tree/hash.ts';
import { countAt, tileRoot, tileWidth } from '../tree/tiles.ts';
import type { ScannedBlock } from './block-findings.ts';
import type { DerivedTree } from './derived-tree.ts';
import type { SignedTree } from './signed-tree.ts';

/** An entry whose bytes do not have the leaf hash that the log has at its index. */
interface WrongEntry {
  readonly index: number;
  readonly hash: string;
}

/** Entries that were changed, and where the hashes that the log vouches for in their blocks belong. */
interface Changed {
  readonly wrong: WrongEntry[];
  readonly homes: Map<string, number>;
}

/**
 * Says of each block that does not fit what was changed: entries (`body`, or `moved` when it is an entry of another
 * index), stored leaf hashes (`leaf-hash`), or both together (`forged`).
 */
export function checkBlocks(
  derived: DerivedTree,
  signed: SignedTree,
  kept: ReadonlyMap<number, ScannedBlock>,
  prunedBelow: number,
  report: Report,
): void {
  const changed: Changed = { wrong: [], homes: new Map() };
  for (const block of kept.values()) checkBlock(block, signed, prunedBelow, changed, report);
  if (signed.reached === 'edge') checkRoots(derived, signed, kept, report);
  for (const { index, hash } of changed.wrong) {
    const home = changed.homes.get(hash);
    if (home === undefined) report.problem('body', 'The entry is not the one that the log has here', index);
    else report.problem('moved', `The entry belongs at index ${home}`, index);
  }
}

function checkBlock(
  block: ScannedBlock,
  signed: SignedTree,
  prunedBelow: number,
  changed: Changed,
  report: Report,
): void {
  const { number, derived, stored, deviates, root } = block;
  const first = number * tileWidth;
  const isFull = derived.length === tileWidth * hashLength;
  if (stored === undefined) {
    if (first + tileWidth > prunedBelow) report.problem('tile-missing', `Tile 0/${number} is missing`);
    return;
  }
  if (!deviates) return;
  if (stored.length !== derived.length) {
    report.problem('trailing-bytes', `The leaf hashes of block ${number} are ${stored.length} bytes`);
    return;
  }
  const entriesFit =
    signed.reached === 'derived' || (isFull && root !== undefined && same(root, signed.hashAt(1, number)));
  const hashesFit = signed.reached === 'edge' && (!isFull || same(tileRoot(stored), signed.hashAt(1, number)));
  for (let at = 0; at < derived.length / hashLength; at += 1) {
    const [is, should, index] = [hashIn(derived, at), hashIn(stored, at), first + at];
    if (hashesFit) changed.homes.set(hex(should), index);
    if (same(is, should)) continue;
    if (entriesFit) report.problem('leaf-hash', 'The stored leaf hash is not that of the entry', index);
    else if (hashesFit) changed.wrong.push({ index, hash: hex(is) });
    else
      report.problem('leaf-hash', 'Stored leaf hash and entry disagree, and the checkpoint vouches for neither', index);
  }
}

/** Blocks in which entries and leaf hashes may agree with each other, but neither with the signed tree. */
function checkRoots(
  derived: DerivedTree,
  signed: SignedTree,
  kept: ReadonlyMap<number, ScannedBlock>,
  report: Report,
): void {
  for (let number = 0; number < countAt(1, derived.size); number += 1) {
    const should = signed.hashAt(1, number);
    if (should === undefined || same(derived.hashAt(1, number), should)) continue;
    const stored = kept.get(number)?.stored;
    if (stored?.length === tileWidth * hashLength && same(tileRoot(stored), should)) continue;
    const first = number * tileWidth;
    const detail = 'Entries and their leaf hashes were changed together: the signed tree has others here';
    report.problem('forged', detail, first, first + tileWidth - 1);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
