import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Clock } from '#kernel';

/** Whoever writes a file in several steps is given so long to come to its end. */
export const settleMillis = 200;
/** Not every file system tells of changes; a config map's does not tell of all. */
export const pollMillis = 30_000;

/** Calls `onChange` when something in the folder of a file changes; gives what ends that. Throws when it cannot. */
export type FolderWatcher = (file: string, onChange: () => void) => () => void;

/**
 * Watches the folder and not the file: an editor puts another file in its place, and Kubernetes swaps a link beside it.
 * What really changed the reader finds out by the content.
 */
export const watchFolder: FolderWatcher = (file, onChange) => {
  const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
    if (name === null || name === basename(file) || name.startsWith('..')) onChange();
  });
  // The folder may go away; looking at the file from time to time remains.
  watcher.on('error', () => {
    watcher.close();
  });
  return () => {
    watcher.close();
  };
};

export interface WatchParts {
  readonly file: string;
  readonly clock: Clock;
  readonly watcher?: FolderWatcher;
  /** Must not reject. */
  readonly reload: () => Promise<void>;
}

/** Reloads at once, then whenever the file may have changed, until the signal is aborted. */
export async function keepReloading(parts: WatchParts, signal: AbortSignal): Promise<void> {
  const { clock, file, reload, watcher = watchFolder } = parts;
  let change = new AbortController();
  const stop = attempt(() =>
    watcher(file, () => {
      change.abort();
    }),
  );
  try {
    while (!signal.aborted) {
      await reload();
      await clock.wait(pollMillis, AbortSignal.any([signal, change.signal])).catch(() => undefined);
      if (change.signal.aborted) await clock.wait(settleMillis, signal).catch(() => undefined);
      // A change from here on is one that this reload may miss.
      change = new AbortController();
    }
  } finally {
    stop?.();
  }
}

function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
