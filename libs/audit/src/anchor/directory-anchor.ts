import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointMemory } from '../checkpoint-memory.ts';
import { Anchor, type Submission } from './anchor.ts';
import { AnchorError } from './anchor-error.ts';

const ending = '.checkpoint';
const sizeDigits = 16;

/**
 * A directory with a file for each checkpoint, best on storage that lets files be written once only: none is ever
 * overwritten, renamed or removed. Several logs may share it.
 */
export class DirectoryAnchor extends Anchor implements CheckpointMemory {
  override readonly kind = 'directory';
  override readonly name: string;
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
    this.name = `dir:${path}`;
  }

  override async push({ origin, size, checkpoint }: Submission): Promise<readonly []> {
    const file = join(this.#path, `${beginningOf(origin)}${String(size).padStart(sizeDigits, '0')}${ending}`);
    try {
      await writeOnce(file, checkpoint);
      // Without it the file's name may be lost with the power, though its content is safe.
      await sync(this.#path);
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') throw unwritable(this.#path, cause);
      await this.#assertSame(file, checkpoint);
    }
    return [];
  }

  /** What may be checkpoints of that log, largest size first; `anchor_unwritable` when the directory cannot be read. */
  async *newestFirst(origin: string): AsyncIterable<string> {
    try {
      const names = await readdir(this.#path);
      const own = names.filter((name) => name.startsWith(beginningOf(origin)) && name.endsWith(ending));
      for (const name of own.sort().reverse()) yield await readFile(join(this.#path, name), 'utf8');
    } catch (cause) {
      throw unwritable(this.#path, cause);
    }
  }

  async #assertSame(file: string, checkpoint: string): Promise<void> {
    const there = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw unwritable(this.#path, cause);
    });
    if (there !== checkpoint) throw new AnchorError('anchor_conflict', `${file} is there and holds something else`);
  }
}

/** No origin has a "%" that this does not make, so no log's names begin like another's. */
function beginningOf(origin: string): string {
  return `${encodeURIComponent(origin)}~`;
}

async function writeOnce(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o444);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sync(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unwritable(path: string, cause: unknown): AnchorError {
  const code = codeOf(cause);
  return new AnchorError('anchor_unwritable', `The directory ${path} cannot be used${code && ` (${code})`}`, { cause });
}

/** Code of a system error, or ''. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
