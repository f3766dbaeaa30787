import { checkColumns } from '../leaf/derived-columns.ts';
import { checkDisclosures } from '../leaf/check-disclosures.ts';
import { Leaf } from '../leaf/leaf.ts';
import { hashIn, hashLength, same, writeLeafHash } from '../tree/hash.ts';
import { tileRoot, tileWidth } from '../tree/tiles.ts';
import type { Block, StoredEntry } from './block.ts';
import type { BlockFindings } from './block-findings.ts';

/**
 * Derives the leaf hashes of a block from its entries and compares the entries with what is kept beside them. Where an
 * entry is missing its stored hash stands in, so that the others can still be verified.
 */
export function scanBlock(block: Block, origin: string, findings: BlockFindings): void {
  const first = block.number * tileWidth;
  const derived = Buffer.alloc(block.width * hashLength);
  const found = new Uint8Array(block.width);
  for (const entry of block.entries ?? []) {
    const at = entry.index - first;
    const seen = found[at];
    if (seen === undefined) {
      findings.problem('unsigned-entry', 'The entry is at no index of the log', entry.index);
      continue;
    }
    if (seen > 0) {
      findings.problem('duplicate-index', 'There is a second entry of this index', entry.index);
      continue;
    }
    found[at] = 1;
    writeLeafHash(entry.body, derived, at * hashLength);
    scanEntry(entry, block, origin, findings);
  }
  const underivable = standIn(block, found, derived, findings);
  for (const [index] of block.fields ?? []) {
    if (found[index - first] !== 1)
      findings.problem('disclosure', 'There are personal fields of an entry that is missing', index);
  }
  findings.block({
    number: block.number,
    root: underivable || block.width < tileWidth ? undefined : tileRoot(derived),
    derived,
    stored: block.leafHashes,
    underivable,
    deviates: block.leafHashes !== undefined && !same(derived, block.leafHashes),
  });
}

/** Fills in the hashes of missing entries; true when there is no stored hash either. */
function standIn(block: Block, found: Uint8Array, derived: Buffer, findings: BlockFindings): boolean {
  const { leafHashes, width } = block;
  if (!found.includes(0)) return false;
  const usable = leafHashes?.length === width * hashLength;
  for (let at = 0; at < width; at += 1) {
    if (found[at] === 1) continue;
    if (block.entries !== undefined) findings.missing.add(block.number * tileWidth + at);
    if (usable) derived.set(hashIn(leafHashes, at), at * hashLength);
  }
  return !usable;
}

function scanEntry(entry: StoredEntry, { fields }: Block, origin: string, findings: BlockFindings): void {
  const { index } = entry;
  findings.entries += 1;
  const leaf = Leaf.parse(entry.body);
  if (leaf === undefined) {
    findings.problem('leaf-malformed', 'The entry is not a JSON object', index);
    return;
  }
  if (leaf.text(['origin']) !== origin) findings.problem('leaf-origin', 'The entry says it is of another log', index);
  if (leaf.text(['type']) === 'log.pruned') findings.pruneBelow(leaf.number(['min_index']) ?? 0);
  if (entry.columns !== undefined) findings.add(checkColumns(index, leaf, entry.columns));
  if (fields === undefined) return;
  const counts = checkDisclosures(index, leaf, fields.get(index) ?? []);
  findings.fields(index, counts);
}
