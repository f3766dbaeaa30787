import { once } from 'node:events';
import { type PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { BundleFile } from './bundle-file.ts';

/**
 * A .zip of the files, as it is taken. Each file is asked for when the one before has been written, so that only the
 * directory of the .zip grows in memory, by some hundred bytes per file.
 */
export async function* zipChunks(
  files: AsyncIterable<BundleFile>,
  modified: Date,
): AsyncGenerator<Uint8Array, void, undefined> {
  const writing = new ZipWriting(modified);
  const written = writing.write(files);
  try {
    yield* writing.output as AsyncIterable<Uint8Array>;
    await written;
  } finally {
    // When the receiver has gone away, the file under way is not read to its end.
    writing.stop();
    await written.catch(() => undefined);
  }
}

class ZipWriting {
  readonly #zip = new ZipFile();
  readonly #modified: Date;
  #source: Readable | undefined;
  #stopped = false;

  constructor(modified: Date) {
    this.#modified = modified;
  }

  /** What it is, whatever its type says. */
  get output(): PassThrough {
    return this.#zip.outputStream as PassThrough;
  }

  /** Rejects, and breaks off the output, when a file cannot be read. */
  async write(files: AsyncIterable<BundleFile>): Promise<void> {
    try {
      for await (const file of files) {
        if (this.#stopped) return;
        await this.#add(file);
      }
      this.#zip.end();
    } catch (error) {
      this.output.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#source?.destroy();
  }

  async #add({ path, content }: BundleFile): Promise<void> {
    this.#source = Readable.from(content, { objectMode: false });
    const closed = once(this.#source, 'close');
    const mode = path.endsWith('.sh') ? 0o100755 : 0o100644;
    // yazl keeps this function for ever. It may not hold the source, which would hold the content.
    this.#zip.addReadStreamLazy(path, { mtime: this.#modified, mode }, (deliver) => {
      if (this.#source !== undefined) deliver(null, this.#source);
    });
    await closed;
  }
}
