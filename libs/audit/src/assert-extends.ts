import { type RightEdge, TlogError, type TreeHead, TreeHashes, verifyConsistency } from '#tlog';
import { AuditLogError } from './audit-error.ts';
import type { LogStore } from './log-store.ts';

/** Proves from stored tiles that the tree of `edge` begins with an older one; `log_head_regressed` when it does not. */
export async function assertExtends(store: Pick<LogStore, 'tile'>, edge: RightEdge, older: TreeHead): Promise<void> {
  const tree = new TreeHashes(edge, (level, index) => store.tile(level, index));
  const proof = await tree.consistencyProof(older.size, edge.size).catch((cause: unknown) => {
    if (!(cause instanceof TlogError)) throw cause;
    throw new AuditLogError('log_tiles_invalid', 'Stored tiles of the log are missing or damaged', { cause });
  });
  const growth = { oldSize: older.size, oldRoot: older.root, size: edge.size, root: edge.root() };
  if (!verifyConsistency(growth, proof)) {
    throw new AuditLogError(
      'log_head_regressed',
      `The stored log does not extend what it was at ${older.size}: it has another history. See docs/operations.md`,
    );
  }
}
