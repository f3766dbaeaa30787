import { pipeline } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import { type BundleFile, observed } from './bundle-file.ts';
import { dataDescriptor, directoryEnd, directoryEntry, localHeader, type ZipRecord } from './zip-record.ts';

/**
 * A .zip of the files, made as it is taken: each file is asked for when the one before has been taken, and nothing is
 * kept of it but a hundred bytes for the directory at the end. (Writers from the registry keep an object or the content
 * of every file: with 20,000 files more than 100 MiB.)
 */
export async function* zipChunks(
  files: AsyncIterable<BundleFile>,
  modified: Date,
): AsyncGenerator<Uint8Array, void, undefined> {
  // Bytes as characters: a small Buffer would keep all of Node's pool alive that it was cut from.
  const directory: string[] = [];
  let offset = 0;
  for await (const { path, content } of files) {
    const begun = { path, modified, streamed: true, crc: 0, size: 0, packed: 0, offset };
    let record: ZipRecord;
    if (typeof content === 'string' || content instanceof Uint8Array) {
      const bytes = Buffer.from(content);
      record = { ...begun, streamed: false, crc: crc32(bytes), size: bytes.length, packed: bytes.length };
      const header = localHeader(record);
      yield Buffer.concat([header, bytes]);
      offset += header.length + bytes.length;
    } else {
      const header = localHeader(begun);
      yield header;
      const numbers = yield* deflated(content);
      record = { ...begun, ...numbers };
      const descriptor = dataDescriptor(record);
      yield descriptor;
      offset += header.length + record.packed + descriptor.length;
    }
    directory.push(directoryEntry(record).toString('latin1'));
  }
  const entries = Buffer.from(directory.join(''), 'latin1');
  yield Buffer.concat([entries, directoryEnd(directory.length, entries.length, offset)]);
}

type Numbers = Pick<ZipRecord, 'crc' | 'size' | 'packed'>;

/** The content deflated; returns its numbers. */
async function* deflated(content: AsyncIterable<string>): AsyncGenerator<Uint8Array, Numbers, undefined> {
  const numbers = { crc: 0, size: 0, packed: 0 };
  const counted = observed(bytesOf(content), (bytes) => {
    numbers.crc = crc32(bytes, numbers.crc);
    numbers.size += bytes.length;
  });
  // A failure to read destroys the output with it, so whoever reads that is told.
  const output = pipeline(counted, createDeflateRaw(), () => undefined);
  yield* observed(output as AsyncIterable<Uint8Array>, (bytes) => (numbers.packed += bytes.length));
  return numbers;
}

async function* bytesOf(content: AsyncIterable<string>): AsyncGenerator<Buffer, void, undefined> {
  for await (const text of content) yield Buffer.from(text);
}
