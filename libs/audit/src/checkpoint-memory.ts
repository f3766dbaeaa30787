import { type NoteVerifier, openCheckpoint, type OpenedCheckpoint, TlogError } from '#tlog';
import { assertExtends } from './assert-extends.ts';
import { AuditLogError } from './audit-error.ts';
import type { LogStore } from './log-store.ts';
import type { LogTip } from './log-tip.ts';

/** A place outside of the database that remembers how far the log had come. */
export abstract class CheckpointMemory {
  abstract readonly name: string;

  /** What may be checkpoints of this log, those of the largest size first. Nothing of them needs to be verified. */
  abstract newestFirst(origin: string): AsyncIterable<string>;
}

/**
 * Compares the stored log with the newest checkpoint in each memory that one of its keys signed. `log_head_regressed`
 * when the log is shorter than it was or has another history: a restored backup, or a second primary.
 */
export async function assertRemembered(
  store: LogStore,
  tip: LogTip,
  memories: readonly CheckpointMemory[],
  keys: readonly NoteVerifier[],
): Promise<void> {
  for (const memory of memories) {
    const newest = await newestOf(memory, keys);
    if (newest === undefined) continue;
    if (newest.size > tip.edge.size) {
      throw new AuditLogError(
        'log_head_regressed',
        `The stored log has ${tip.edge.size} entries; ${memory.name} holds its checkpoint of ${newest.size}. ` +
          'Restore a newer backup, or begin a successor with: interlock log succeed. See docs/operations.md',
      );
    }
    await assertExtends(store, tip.edge, newest);
  }
}

/** The newest checkpoint of a memory that verifies: what somebody else left there must not stop the log. */
export async function newestOf(
  memory: CheckpointMemory,
  keys: readonly NoteVerifier[],
): Promise<(OpenedCheckpoint & { readonly note: string }) | undefined> {
  const [key] = keys;
  if (key === undefined) return undefined;
  for await (const note of memory.newestFirst(key.name)) {
    try {
      const checkpoint = openCheckpoint(note, keys);
      if (checkpoint.origin === key.name) return { ...checkpoint, note };
    } catch (error) {
      if (!(error instanceof TlogError)) throw error;
    }
  }
  return undefined;
}
