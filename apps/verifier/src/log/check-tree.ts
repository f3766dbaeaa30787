import type { Report } from '../report/report.ts';
import { hashIn, hashLength, same } from '../tree/hash.ts';
import { countAt, levelCount, tileWidth } from '../tree/tiles.ts';
import type { DerivedTree } from './derived-tree.ts';
import { SignedTree } from './signed-tree.ts';
import type { StoredTree } from './stored-tree.ts';

/** Compares the stored tiles and the right edge with those that follow from the entries and with the signed root. */
export function checkTree(derived: DerivedTree, stored: StoredTree, root: Uint8Array, report: Report): SignedTree {
  const signed = new SignedTree(derived, stored, root);
  if (signed.reached === 'nothing') {
    report.problem('root', 'Neither the entries nor the stored tree lead to the root of the checkpoint');
  }
  for (const [first, last] of signed.forged) {
    report.problem('forged', 'Entries and the tiles above them were changed together', first, last);
  }
  const edge = derived.edgeAt(derived.size);
  for (let level = levelCount(derived.size) - 1; level >= 1; level -= 1) {
    const full = Math.floor(countAt(level, derived.size) / tileWidth);
    for (let at = 0; at < full; at += 1) checkTile(level, at, derived, stored, signed, report);
    if (signed.reached === 'edge' || same(stored.edge[level], edge[level])) continue;
    report.problem('edge', `The right edge is wrong at level ${level}`);
  }
  // Level 0 of the edge is compared entry by entry; here only whether it has one.
  if (stored.edge.length !== edge.length || stored.edge[0]?.length !== edge[0]?.length) {
    report.problem('edge', 'The right edge is not that of a log of this size');
  }
  return signed;
}

function checkTile(
  level: number,
  at: number,
  derived: DerivedTree,
  stored: StoredTree,
  signed: SignedTree,
  report: Report,
): void {
  const tile = stored.tile(level, at);
  const name = `Tile ${level}/${at}`;
  if (tile === undefined) {
    report.problem('tile-missing', `${name} is missing`);
    return;
  }
  if (tile.length !== tileWidth * hashLength) {
    report.problem('trailing-bytes', `${name} is not of 256 hashes`);
    return;
  }
  const wrong = Array.from({ length: tileWidth }, (_, offset) => at * tileWidth + offset).filter((position) => {
    const should = signed.hashAt(level, position) ?? derived.hashAt(level, position);
    return !same(hashIn(tile, position % tileWidth), should);
  });
  if (wrong.length > 0) report.problem('tile', `${name} is wrong at ${wrong.length} of its hashes`);
}
