import { type Block, BlockReader } from '../log/block.ts';
import type { Report } from '../report/report.ts';
import { hashLength } from '../tree/hash.ts';
import { tileWidth } from '../tree/tiles.ts';
import { readEntryBundle } from './entry-bundle.ts';
import type { TileClient } from './tile-client.ts';

/** How many blocks are asked for at the same time. */
const ahead = 6;

/** Reads the blocks of a live log. */
export class HttpBlocks extends BlockReader {
  readonly #client: TileClient;
  readonly #size: number;
  readonly #report: Report;
  readonly #asked = new Map<number, Promise<Block>>();

  constructor(client: TileClient, size: number, report: Report) {
    super();
    this.#client = client;
    this.#size = size;
    this.#report = report;
  }

  override read(number: number): Promise<Block> {
    const last = Math.min(number + ahead, Math.ceil(this.#size / tileWidth));
    for (let next = number; next < last; next += 1) {
      if (this.#asked.has(next)) continue;
      const block = this.#fetch(next);
      // Whoever reads it hears of the failure.
      block.catch(() => undefined);
      this.#asked.set(next, block);
    }
    const block = this.#asked.get(number) ?? this.#fetch(number);
    this.#asked.delete(number);
    return block;
  }

  async #fetch(number: number): Promise<Block> {
    const width = Math.min(tileWidth, this.#size - number * tileWidth);
    const [hashes, bundle] = await Promise.all([
      this.#client.hashes(0, number, width),
      this.#client.entries(number, width),
    ]);
    return {
      number,
      width,
      entries: this.#entries(number, width, bundle),
      leafHashes: typeof hashes === 'string' ? undefined : cut(hashes, width),
      fields: undefined,
    };
  }

  #entries(number: number, width: number, bundle: Uint8Array | string): Block['entries'] {
    if (bundle === 'forbidden') {
      this.#report.lacks('the log does not show its entries without a token that may read them (--token-file)');
      return undefined;
    }
    if (typeof bundle === 'string') return [];
    const { bodies, trailing } = readEntryBundle(bundle, width);
    const first = number * tileWidth;
    // A full bundle may have taken the place of the partial one that the checkpoint calls for.
    const isPartial = width < tileWidth && bodies.length === width;
    if (trailing > 0 && !isPartial) {
      this.#report.problem('trailing-bytes', `Entry bundle ${number} has ${trailing} bytes after its entries`, first);
    }
    return bodies.map((body, at) => ({ index: first + at, body }));
  }
}

function cut(hashes: Uint8Array, width: number): Uint8Array {
  const isFull = hashes.length === tileWidth * hashLength;
  return isFull ? hashes.subarray(0, width * hashLength) : hashes;
}
