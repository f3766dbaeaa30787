import { type NoteVerifier, openCheckpoint, type OpenedCheckpoint, RightEdge, TlogError, type TreeHead } from '#tlog';
import { assertExtends } from './assert-extends.ts';
import { AuditLogError } from './audit-error.ts';
import { type CheckpointMemory, newestOf } from './checkpoint-memory.ts';
import { type KeyWindow, readKeyHistory, verifiersOf } from './key-history.ts';
import type { LogHead, LogStore } from './log-store.ts';
import { emptyTip, followHead } from './log-tip.ts';

type Reads = Pick<LogStore, 'keptEntries' | 'tile'>;

/** A checkpoint that verifies, and where it was found. */
export interface GoodCheckpoint {
  readonly size: number;
  /** Signed note. */
  readonly note: string;
  readonly from: string;
}

/** The trust file of a stored log whose head belongs to one of these keys; nothing is opened or written. */
export async function storedKeyHistory(
  head: LogHead,
  store: Reads,
  keys: readonly NoteVerifier[],
): Promise<readonly KeyWindow[]> {
  followHead(emptyTip, head, keys);
  return readKeyHistory(store, RightEdge.of(head.size, head.edge));
}

/**
 * The checkpoint that a successor of the log is to cite: that of the stored head, unless a memory holds one (or one is
 * given) that the head does not extend; then the largest of those. Undefined when there is none at all. Throws
 * AuditLogError `log_key_mismatch` when the given one was signed by no key of the log.
 */
export async function lastGoodCheckpoint(
  store: Pick<LogStore, 'head' | 'keptEntries' | 'tile'>,
  keys: readonly NoteVerifier[],
  memories: readonly CheckpointMemory[],
  given?: string,
): Promise<GoodCheckpoint | undefined> {
  const head = await store.head();
  const stored = head && (await verified(head, store, keys));
  const known = [...keys, ...verifiersOf(stored?.history ?? [])];
  const outside = given === undefined ? [] : [{ ...openGiven(given, known), note: given, from: 'the given file' }];
  for (const memory of memories) {
    const newest = await newestOf(memory, known);
    if (newest !== undefined) outside.push({ ...newest, from: memory.name });
  }
  const [largest] = outside.sort((one, other) => other.size - one.size);
  if (stored === undefined) return largest;
  const extended = await Promise.all(outside.map((checkpoint) => stored.extends(checkpoint)));
  if (extended.includes(false)) return largest;
  return { size: stored.edge.size, note: stored.note, from: 'the database' };
}

function openGiven(note: string, keys: readonly NoteVerifier[]): OpenedCheckpoint {
  try {
    return openCheckpoint(note, keys);
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    const message = 'The given checkpoint is not one that a key of the log signed';
    throw new AuditLogError('log_key_mismatch', message, { cause });
  }
}

/** A head that cannot be trusted at all counts as none: that is one of the cases for which there are successors. */
async function verified(head: LogHead, store: Reads, keys: readonly NoteVerifier[]) {
  try {
    const history = await storedKeyHistory(head, store, keys);
    const edge = RightEdge.of(head.size, head.edge);
    return {
      history,
      edge,
      note: head.checkpoint,
      extends: async (older: TreeHead): Promise<boolean> => {
        if (older.size > edge.size) return false;
        return assertExtends(store, edge, older).then(
          () => true,
          (error: unknown) => {
            if (error instanceof AuditLogError) return false;
            throw error;
          },
        );
      },
    };
  } catch (error) {
    if (error instanceof AuditLogError) return undefined;
    throw error;
  }
}
