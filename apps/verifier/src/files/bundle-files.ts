import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** The files of an evidence bundle, by their path with "/" in it. */
export abstract class BundleFiles {
  /** All paths, in the order in which they stand; a path may come twice in a .zip. */
  abstract readonly paths: readonly string[];

  /** Bytes in the container that belong to none of its files. */
  abstract readonly trailing: number;

  abstract open(path: string): Promise<AsyncIterable<Uint8Array>>;

  async bytes(path: string): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await this.open(path)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async text(path: string): Promise<string> {
    return Buffer.from(await this.bytes(path)).toString('utf8');
  }

  close(): void {
    // A folder has nothing to close.
  }
}

/** A bundle that was unpacked. */
export class BundleFolder extends BundleFiles {
  readonly trailing = 0;

  private constructor(
    private readonly folder: string,
    readonly paths: readonly string[],
  ) {
    super();
  }

  static async open(folder: string): Promise<BundleFolder> {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = found
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
    return new BundleFolder(folder, paths);
  }

  override open(path: string): Promise<AsyncIterable<Uint8Array>> {
    return Promise.resolve(createReadStream(join(this.folder, path)) as AsyncIterable<Uint8Array>);
  }
}
