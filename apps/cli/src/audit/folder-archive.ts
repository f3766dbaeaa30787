import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LogArchive, MaintenanceRefused } from '#audit';

/** An archive in a folder, each file and its name durable before the next. */
export class FolderArchive extends LogArchive {
  readonly #folder: string;

  constructor(folder: string) {
    super();
    this.#folder = folder;
  }

  override write(path: string, bytes: Uint8Array): Promise<void> {
    return this.#attempt(path, (file) => {
      if (!writeNew(file, bytes) && !readFileSync(file).equals(bytes)) {
        throw new MaintenanceRefused('archive_failed', `${file} is of another log; give another folder`);
      }
    });
  }

  override writeCheckpoint(checkpoint: string): Promise<void> {
    return this.#attempt('checkpoint', (file) => {
      const next = `${file}.${process.pid}`;
      writeNew(next, Buffer.from(checkpoint));
      renameSync(next, file);
    });
  }

  #attempt(path: string, write: (file: string) => void): Promise<void> {
    const file = join(this.#folder, path);
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      write(file);
      for (let folder = dirname(file); folder.length >= this.#folder.length; folder = dirname(folder)) sync(folder);
      return Promise.resolve();
    } catch (cause) {
      if (cause instanceof MaintenanceRefused) return Promise.reject(cause);
      return Promise.reject(new MaintenanceRefused('archive_failed', `${file} cannot be written`, { cause }));
    }
  }
}

/** False when there is such a file. */
function writeNew(file: string, bytes: Uint8Array): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
    return true;
  } finally {
    closeSync(descriptor);
  }
}

function sync(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
