import { checkLog } from '../log/check-log.ts';
import { scanRange } from '../log/scan-range.ts';
import type { StoredTree } from '../log/stored-tree.ts';
import { type Checkpoint, openCheckpoint } from '../note/checkpoint.ts';
import type { Trust } from '../note/trust.ts';
import { Progress } from '../report/progress.ts';
import type { Report } from '../report/report.ts';
import { hashLength } from '../tree/hash.ts';
import { countAt, levelCount, tileWidth } from '../tree/tiles.ts';
import { HttpBlocks } from './http-blocks.ts';
import type { TileClient } from './tile-client.ts';

/** Verifies a live log over HTTP: checkpoint, all tiles and, when they are shown, all entries. */
export async function checkHttpLog(
  client: TileClient,
  trust: Trust | undefined,
  seen: readonly Checkpoint[],
  report: Report,
): Promise<void> {
  const checkpoint = openCheckpoint(await client.checkpoint(), trust, report);
  if (checkpoint === undefined) return;
  const { size, origin } = checkpoint;
  const tree = await fetchTree(client, size);
  const progress = new Progress(size);
  const scan = async (keep: ReadonlySet<number>) => {
    const range = { origin, size, firstBlock: 0, endBlock: Math.ceil(size / tileWidth), keep };
    const blocks = new HttpBlocks(client, size, report);
    return [
      await scanRange(range, blocks, (entries) => {
        progress.advance(entries);
      }),
    ];
  };
  await checkLog({ checkpoint, tree, seen, scan }, report);
  progress.end();
}

async function fetchTree(client: TileClient, size: number): Promise<StoredTree> {
  const tiles = new Map<string, Uint8Array>();
  const edge: Uint8Array[] = [];
  for (let level = 0; level < levelCount(size); level += 1) {
    const [full, width] = [Math.floor(countAt(level, size) / tileWidth), countAt(level, size) % tileWidth];
    for (let at = 0; level > 0 && at < full; at += 1) {
      const tile = await client.hashes(level, at, tileWidth);
      if (typeof tile !== 'string') tiles.set(`${level}/${at}`, tile);
    }
    const last = width === 0 ? undefined : await client.hashes(level, full, width);
    edge.push(last instanceof Uint8Array ? last.subarray(0, width * hashLength) : new Uint8Array());
  }
  return { edge, tile: (level, at) => tiles.get(`${level}/${at}`) };
}
