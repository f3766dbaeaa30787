import { Pruner, readRetentionPolicy } from '#audit';
import type { Terminal } from '../terminal.ts';
import { FolderArchive } from './folder-archive.ts';
import { readText, type Surroundings, workOnLog } from './log-work.ts';

/** What to prune, under which policy, and where it goes. */
export interface PruneOptions {
  readonly below: number;
  readonly policy: string;
  readonly archive: string;
}

/** Archives the entries below an index and drops them. */
export async function prune(
  surroundings: Surroundings,
  { below, policy: file, archive }: PruneOptions,
  terminal: Terminal,
): Promise<void> {
  const policy = readRetentionPolicy(Buffer.from(readText(file)));
  await workOnLog(surroundings, async ({ log, store, search, maintenance }) => {
    const pruner = new Pruner({ log, store, search, maintenance, clock: surroundings.clock });
    await pruner.prune(below, policy, new FolderArchive(archive));
    terminal.out(`pruned below ${below}; the entries are in ${archive}\n`);
  });
}
