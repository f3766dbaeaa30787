import { tileWidth } from '../tree/tiles.ts';
import type { BlockReader } from './block.ts';
import { BlockFindings, type FindingsData } from './block-findings.ts';
import { scanBlock } from './scan-block.ts';

/** A run of blocks of a log. */
export interface BlockRange {
  readonly origin: string;
  /** Entries of the whole log. */
  readonly size: number;
  readonly firstBlock: number;
  /** After the last one. */
  readonly endBlock: number;
  /** Numbers of blocks whose hashes will be needed. */
  readonly keep: ReadonlySet<number>;
}

/** Scans a run of blocks, one after the other. `done` hears how many entries each block had. */
export async function scanRange(
  { origin, size, firstBlock, endBlock, keep }: BlockRange,
  reader: BlockReader,
  done: (entries: number) => void,
): Promise<FindingsData> {
  const findings = new BlockFindings(keep);
  for (let number = firstBlock; number < endBlock; number += 1) {
    const width = Math.min(tileWidth, size - number * tileWidth);
    scanBlock(await reader.read(number, width), origin, findings);
    done(width);
  }
  return findings.data();
}
