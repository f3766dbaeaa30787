import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { Unreadable } from '../report/unreadable.ts';
import { BundleFiles } from './bundle-files.ts';

/** The record that ends a .zip: its signature, its length without comment, and the longest comment. */
const endSignature = Buffer.from('PK\u0005\u0006', 'latin1');
const endLength = 22;
const mostComment = 0xffff;

class FileReader extends RandomAccessReader {
  constructor(private readonly path: string) {
    super();
  }

  override _readStreamForRange(start: number, end: number) {
    return createReadStream(this.path, { start, end: end - 1 });
  }
}

/** A bundle as a .zip file. */
export class BundleZip extends BundleFiles {
  readonly #zip: ZipFile;
  readonly #entries = new Map<string, Entry>();
  readonly paths: readonly string[];

  private constructor(
    zip: ZipFile,
    entries: readonly Entry[],
    readonly trailing: number,
  ) {
    super();
    this.#zip = zip;
    this.paths = entries.map(({ fileName }) => fileName);
    for (const entry of entries) this.#entries.set(entry.fileName, entry);
  }

  /** {@link Unreadable} when it is not a .zip. */
  static async open(path: string): Promise<BundleZip> {
    const { size, end } = await endOf(path);
    try {
      const zip = await fromRandomAccessReaderPromise(new FileReader(path), end, {
        autoClose: false,
        lazyEntries: true,
        strictFileNames: true,
      });
      const entries: Entry[] = [];
      for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith('/')) entries.push(entry);
      return new BundleZip(zip, entries, size - end + Buffer.byteLength(zip.comment));
    } catch (cause) {
      throw new Unreadable('The file is not a .zip that can be read', { cause });
    }
  }

  override async open(path: string): Promise<AsyncIterable<Uint8Array>> {
    const entry = this.#entries.get(path);
    if (entry === undefined) throw new Unreadable(`The bundle has no ${path}`);
    const chunks = await this.#zip.openReadStreamPromise(entry).catch(unreadable(path));
    return inflated(chunks as AsyncIterable<Uint8Array>, path);
  }

  override close(): void {
    this.#zip.close();
  }
}

/** A file whose compressed bytes were changed often cannot be unpacked at all. */
async function* inflated(chunks: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    unreadable(path)(cause);
  }
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new Unreadable(`${path} cannot be unpacked: the .zip is damaged`, { cause });
  };
}

/** Size of the file, and where the .zip in it ends: bytes may have been put behind it. */
async function endOf(path: string): Promise<{ readonly size: number; readonly end: number }> {
  const file = await open(path).catch((cause: unknown) => {
    throw new Unreadable(`There is no file ${path}`, { cause });
  });
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, endLength + mostComment));
    await file.read(tail, 0, tail.length, size - tail.length);
    const at = tail.lastIndexOf(endSignature);
    if (at < 0 || at + endLength > tail.length) throw new Unreadable('The file is not a .zip');
    return { size, end: Math.min(size, size - tail.length + at + endLength + tail.readUInt16LE(at + 20)) };
  } finally {
    await file.close();
  }
}
