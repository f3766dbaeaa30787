/** What a .zip says about one of its files. */
export interface ZipRecord {
  readonly path: string;
  readonly modified: Date;
  /** Deflated, and of a size that was not known when it began. */
  readonly streamed: boolean;
  /** CRC-32 of the content. */
  readonly crc: number;
  /** Bytes of the content, and those that stand for it in the .zip. */
  readonly size: number;
  readonly packed: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** Version 2.0 of the format, made on Unix: what stands above the attributes is a file mode. */
const needed = 20;
const madeBy = (3 << 8) | needed;
const numbersFollow = 1 << 3;
const nameIsUtf8 = 1 << 11;
const deflated = 8;

/**
 * The header before a file's bytes. What the 32-bit format cannot hold is a RangeError, here and below.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT §4.3.7
 */
export function localHeader(record: ZipRecord): Buffer {
  const { streamed, crc, packed, size, path } = record;
  const numbers = streamed ? words(0, 0, 0) : words(crc, packed, size);
  return Buffer.concat([Buffer.from('PK\u0003\u0004'), facts(record, numbers), Buffer.from(path)]);
}

/** The numbers of a streamed file, behind its bytes; §4.3.9. */
export function dataDescriptor({ crc, packed, size }: ZipRecord): Buffer {
  return Buffer.concat([Buffer.from('PK\u0007\u0008'), words(crc, packed, size)]);
}

/** The file in the directory at the end; §4.3.12. */
export function directoryEntry(record: ZipRecord): Buffer {
  const { crc, packed, size, path, offset } = record;
  const mode = path.endsWith('.sh') ? 0o100755 : 0o100644;
  return Buffer.concat([
    Buffer.from('PK\u0001\u0002'),
    halves(madeBy),
    facts(record, words(crc, packed, size)),
    halves(0, 0, 0),
    words(mode * 2 ** 16, offset),
    Buffer.from(path),
  ]);
}

/** What stands behind the directory; §4.3.16. */
export function directoryEnd(files: number, length: number, offset: number): Buffer {
  return Buffer.concat([Buffer.from('PK\u0005\u0006'), halves(0, 0, files, files), words(length, offset), halves(0)]);
}

/** What both headers of a file have in common; `numbers` are its CRC and sizes. */
function facts({ path, modified, streamed }: ZipRecord, numbers: Buffer): Buffer {
  const flags = nameIsUtf8 | (streamed ? numbersFollow : 0);
  // MS-DOS time knows no zone: this is UTC.
  const time = (modified.getUTCHours() << 11) | (modified.getUTCMinutes() << 5) | (modified.getUTCSeconds() >> 1);
  const year = Math.max(0, modified.getUTCFullYear() - 1980);
  const date = (year << 9) | ((modified.getUTCMonth() + 1) << 5) | modified.getUTCDate();
  const method = streamed ? deflated : 0;
  return Buffer.concat([halves(needed, flags, method, time, date), numbers, halves(Buffer.byteLength(path), 0)]);
}

function halves(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeUInt16LE(number, 2 * at);
  return bytes;
}

function words(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * at);
  return bytes;
}
