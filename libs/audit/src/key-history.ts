import { leafHash, NoteVerifier, type RightEdge, TlogError, TreeHashes, verifyInclusion } from '#tlog';
import { z } from 'zod';
import { AuditLogError } from './audit-error.ts';
import type { KeptEntry, LogStore } from './log-store.ts';

/** A key of the log and the sizes, both included, for which it signs checkpoints. One entry of a trust file. */
export interface KeyWindow {
  readonly vkey: string;
  readonly fromSize: number;
  /** Absent for the key in use. */
  readonly toSize?: number;
}

const keyLeaf = z.object({ vkey: z.string() });

/**
 * All keys that the log had, oldest first, as its own entries name them. Each entry is proved to be in the tree of
 * `edge`: a trust file that a forged row could change would be worse than none. `log_tiles_invalid` when one is not.
 */
export async function readKeyHistory(
  store: Pick<LogStore, 'keptEntries' | 'tile'>,
  edge: RightEdge,
): Promise<readonly KeyWindow[]> {
  const stored = await store.keptEntries();
  // Another replica may have gone on meanwhile.
  const entries = stored.filter(({ index }) => index < edge.size);
  const tree = new TreeHashes(edge, (level, index) => store.tile(level, index));
  await Promise.all(entries.map((entry) => assertIncluded(entry, edge, tree)));
  const starts = entries.map(({ index, body }) => ({
    vkey: keyLeaf.parse(JSON.parse(Buffer.from(body).toString())).vkey,
    // The first key is good from the start; a later one signs, with its predecessor, the checkpoint right behind it.
    fromSize: index === 0 ? 0 : index + 1,
  }));
  return starts.map((start, at) => {
    const toSize = starts[at + 1]?.fromSize;
    return toSize === undefined ? start : { ...start, toSize };
  });
}

/** The keys alone, for checkpoints of which it does not matter when they were signed. */
export function verifiersOf(history: readonly KeyWindow[]): readonly NoteVerifier[] {
  return history.map(({ vkey }) => NoteVerifier.parse(vkey));
}

async function assertIncluded({ index, body }: KeptEntry, edge: RightEdge, tree: TreeHashes): Promise<void> {
  try {
    const proof = await tree.inclusionProof(index, edge.size);
    const claim = { index, size: edge.size, leafHash: leafHash(body), root: edge.root() };
    if (verifyInclusion(claim, proof)) return;
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
  }
  throw new AuditLogError(
    'log_tiles_invalid',
    `The entry ${index}, which names a key of the log, is not the one signed`,
  );
}
