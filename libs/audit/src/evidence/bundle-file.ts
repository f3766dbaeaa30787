import { createHash } from 'node:crypto';

/** A file of a bundle: small and whole, or as long as it likes and read once, as it is written. */
export interface BundleFile {
  readonly path: string;
  readonly content: string | Uint8Array | AsyncIterable<string>;
}

/** The same file; `hashed` is told the lower-case hex SHA-256 of its content when all of it has been read. */
export function hashedFile({ path, content }: BundleFile, hashed: (path: string, sha256: string) => void): BundleFile {
  const digest = createHash('sha256');
  const end = (): void => {
    hashed(path, digest.digest('hex'));
  };
  if (typeof content === 'string' || content instanceof Uint8Array) {
    digest.update(content);
    end();
    return { path, content };
  }
  return { path, content: observed(content, (chunk) => digest.update(chunk), end) };
}

/** The chunks as they are, each told to `see` before it is handed on, and their end to `end`. */
export async function* observed<Chunk>(
  chunks: AsyncIterable<Chunk>,
  see: (chunk: Chunk) => unknown,
  end: () => void = () => undefined,
): AsyncGenerator<Chunk, void, undefined> {
  for await (const chunk of chunks) {
    see(chunk);
    yield chunk;
  }
  end();
}
