import { entryBundle, equalHashes, hashBytes, leafHash, type TileName, tilePath, tileWidth } from '#tlog';
import type { AuditLog } from '../audit-log.ts';
import type { StoredEntry } from '../log-store.ts';
import type { LogArchive } from './log-archive.ts';
import { MaintenanceRefused } from './maintenance-refused.ts';

/**
 * Copies whole bundles of entries (`from` and `to` are multiples of 256), the tiles that lead from them to the root, and
 * the checkpoint over them, as a static tlog-tiles log. Disclosures are left out. What is copied is proven against the
 * checkpoint first; `entries_damaged` when it does not hold.
 * @see https://c2sp.org/tlog-tiles
 */
export async function archiveEntries(
  log: AuditLog,
  archive: LogArchive,
  range: { readonly from: number; readonly to: number },
  check: (entries: readonly StoredEntry[]) => void,
): Promise<void> {
  const { size, checkpoint } = await log.latest();
  for (let number = range.from / tileWidth; number < range.to / tileWidth; number += 1) {
    const first = number * tileWidth;
    const entries = await log.entries(first, first + tileWidth);
    check(entries);
    const hashes = await log.tile(0, number, tileWidth);
    await assertProven(log, first, entries, hashes);
    await archive.write(tilePath({ kind: 'hashes', level: 0, index: number }), hashes);
    const bundle = entryBundle(entries.map(({ body }) => body));
    await archive.write(tilePath({ kind: 'entries', level: 0, index: number }), bundle);
  }
  for (const name of upperTiles(size)) {
    await archive.write(tilePath(name), await log.tile(name.level, name.index, name.width ?? tileWidth));
  }
  // Last: an archive with a checkpoint is whole.
  await archive.writeCheckpoint(checkpoint);
}

async function assertProven(
  log: AuditLog,
  first: number,
  entries: readonly StoredEntry[],
  hashes: Uint8Array,
): Promise<void> {
  const fits = entries.every(({ index, body }, at) => {
    const hash = hashes.subarray(at * hashBytes, (at + 1) * hashBytes);
    return index === first + at && equalHashes(leafHash(body), hash);
  });
  if (entries.length !== tileWidth || !fits) {
    const [from, to] = [first, first + tileWidth - 1];
    throw new MaintenanceRefused('entries_damaged', `Entries ${from} to ${to} are not what was signed; verify the log`);
  }
  // The proof of one entry is made of all hashes of its tile, and is verified before it is given.
  await log.prove(first);
}

/** Every tile of the levels above, and the partial one of leaf hashes: what a root is derived from. */
function* upperTiles(size: number): Generator<TileName> {
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const full = Math.floor(count / tileWidth);
    for (let index = level === 0 ? full : 0; index < full; index += 1) yield { kind: 'hashes', level, index };
    if (count % tileWidth > 0) yield { kind: 'hashes', level, index: full, width: count % tileWidth };
  }
}
