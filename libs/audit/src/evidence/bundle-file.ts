import { createHash } from 'node:crypto';

/** A file of a bundle. Its content is read once, and wholly before the next file is asked for. */
export interface BundleFile {
  readonly path: string;
  readonly content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

/** The file with its content; `hashed` is told the lower-case hex SHA-256 of all of it when it has been read. */
export function hashedFile({ path, content }: BundleFile, hashed: (path: string, sha256: string) => void): BundleFile {
  async function* read(): AsyncGenerator<string | Uint8Array, void, undefined> {
    const digest = createHash('sha256');
    for await (const chunk of content) {
      digest.update(chunk);
      yield chunk;
    }
    hashed(path, digest.digest('hex'));
  }
  return { path, content: read() };
}
