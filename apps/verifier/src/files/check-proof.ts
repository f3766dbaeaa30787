import type { Checkpoint } from '../note/checkpoint.ts';
import { parseGrowthProof, parseInclusionProof } from '../note/proof-file.ts';
import type { Report } from '../report/report.ts';
import { same } from '../tree/hash.ts';
import { provesGrowth, provesInclusion } from '../tree/prove.ts';

/** A checkpoint that a proof leads to, and the index that it is about. */
export interface Proven {
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

/** Verifies a `.tlog-proof` of an entry with this leaf hash. `open` reads its checkpoint and checks what is needed. */
export function checkInclusion(
  text: string,
  leaf: Uint8Array,
  open: (checkpoint: string) => Checkpoint | undefined,
  report: Report,
): Proven | undefined {
  const proof = parseInclusionProof(text);
  if (proof === undefined) {
    report.problem('proof-malformed', 'The proof is not a .tlog-proof file');
    return undefined;
  }
  const checkpoint = open(proof.checkpoint);
  if (checkpoint === undefined) return undefined;
  const { size, root } = checkpoint;
  if (!provesInclusion({ index: proof.number, size, leaf, root }, proof.hashes)) {
    report.problem('inclusion', 'The proof does not lead from the entry to the root of the checkpoint', proof.number);
  }
  return { index: proof.number, checkpoint };
}

/** Verifies that the log of one checkpoint only grew into that of another. `proof` is needed when it grew. */
export function checkGrowth(older: Checkpoint, newer: Checkpoint, proof: string | undefined, report: Report): void {
  if (older.origin !== newer.origin) report.problem('origin', 'The checkpoints are of two logs');
  if (newer.size < older.size) {
    report.problem('rollback', `The log had ${older.size} entries, then ${newer.size}`);
    return;
  }
  if (newer.size === older.size) {
    if (!same(older.root, newer.root)) report.problem('fork', `There are two logs of ${newer.size} entries`);
    return;
  }
  if (proof === undefined) {
    report.lacks('the log grew between the checkpoints, and there was no consistency proof (--proof)');
    return;
  }
  const parsed = parseGrowthProof(proof);
  if (parsed === undefined) {
    report.problem('proof-malformed', 'The proof is not a consistency proof');
    return;
  }
  const growth = { oldSize: older.size, oldRoot: older.root, newSize: newer.size, newRoot: newer.root };
  if (parsed.number !== older.size || !provesGrowth(growth, parsed.hashes)) {
    report.problem('consistency', 'The proof does not lead from the older checkpoint to the newer one');
  }
}
