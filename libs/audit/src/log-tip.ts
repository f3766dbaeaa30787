import { equalHashes, type NoteVerifier, openCheckpoint, RightEdge, TlogError } from '#tlog';
import { AuditLogError } from './audit-error.ts';
import type { LogHead } from './log-store.ts';

/** The largest end of the log that this process has verified or committed itself. */
export interface LogTip {
  readonly edge: RightEdge;
  /** Empty before the first entry. */
  readonly checkpoint: string;
}

/** The end of a log without entries. */
export const emptyTip: LogTip = { edge: RightEdge.empty, checkpoint: '' };

/** A stored head that may be built upon. */
export interface FollowedHead {
  readonly edge: RightEdge;
  /** Whether it is known to extend the tip. If not, tiles are needed to prove it. */
  readonly extendsTip: boolean;
}

/**
 * Checks a stored head against what this process has seen: `log_head_regressed` when entries went missing or changed,
 * as after restoring a backup or losing the last writes in a failover. Going on would sign two histories under one
 * size. A head that another replica moved on must belong to one of the keys, or we would vouch for a forger's entries.
 */
export function followHead(tip: LogTip, head: LogHead | undefined, keys: readonly NoteVerifier[]): FollowedHead {
  const { size } = tip.edge;
  if ((head?.size ?? 0) < size) {
    throw new AuditLogError('log_head_regressed', `The stored log has ${head?.size ?? 0} entries; it had ${size}`);
  }
  if (head === undefined) return { edge: tip.edge, extendsTip: true };
  if (head.size === size) {
    if (equalHashes(head.root, tip.edge.root())) return { edge: tip.edge, extendsTip: true };
    throw new AuditLogError('log_head_regressed', `The stored log has another root at size ${size}`);
  }
  ownerOf(head, keys);
  const extended = tip.edge.extendedTo(head.size, head.edge, head.root);
  return extended === undefined ? { edge: edgeOf(head), extendsTip: false } : { edge: extended, extendsTip: true };
}

/**
 * The key that a head belongs to: that of its checkpoint's last signature under the log's name. When a log is handed
 * over both keys sign, the new one last, so that whoever has the old one alone learns that its time is over.
 */
export function ownerOf(head: LogHead, keys: readonly NoteVerifier[]): NoteVerifier {
  const { size, root, keyIds } = translated(() => openCheckpoint(head.checkpoint, keys));
  if (size !== head.size || !equalHashes(root, head.root)) {
    throw new AuditLogError('log_head_invalid', 'The stored checkpoint is of another size or root than the head');
  }
  const owner = keys.find(({ keyId }) => keyId === keyIds.at(-1));
  if (owner === undefined) throw keyMismatch('The stored log was handed over to another key');
  return owner;
}

function edgeOf(head: LogHead): RightEdge {
  const edge = translated(() => RightEdge.of(head.size, head.edge));
  if (!equalHashes(edge.root(), head.root)) {
    throw new AuditLogError('log_head_invalid', 'The stored right edge has another root than the head');
  }
  return edge;
}

function translated<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    if (cause.code === 'note_unverified') {
      throw keyMismatch('The stored log was signed by another key or under another origin', { cause });
    }
    throw new AuditLogError('log_head_invalid', `The stored head is damaged: ${cause.message}`, { cause });
  }
}

function keyMismatch(what: string, options?: { readonly cause: unknown }): AuditLogError {
  const remedy = 'Give the key that signs it; to replace that key, name it as the previous one. See docs/operations.md';
  return new AuditLogError('log_key_mismatch', `${what}. ${remedy}`, options);
}
