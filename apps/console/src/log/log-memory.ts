import { type Checkpoint, openCheckpoint, type TrustedKey } from '../proof/checkpoint.ts';
import { provesGrowth } from '../proof/merkle.ts';
import { TileTree } from '../proof/tile-tree.ts';
import { keep, readKept } from '../shell/kept.ts';
import { fetchTile } from './fetch-tile.ts';

/** How the log that is shown fits the one that this browser saw last. */
export type Recollection =
  | { readonly kind: 'first look' }
  | { readonly kind: 'extends'; readonly size: number }
  | { readonly kind: 'other key'; readonly vkey: string }
  | { readonly kind: 'contradicts'; readonly size: number };

interface Kept {
  readonly vkeys: readonly string[];
  readonly note: string;
}

const nameOf = ({ origin }: Checkpoint) => `log ${origin}` as const;

/**
 * Compares with the last checkpoint that this browser kept: a log that was rewritten since cannot extend it, whatever
 * its server says. A key is trusted on first sight, and a further one only after somebody looked at it.
 */
export async function recall(checkpoint: Checkpoint, keys: readonly TrustedKey[]): Promise<Recollection> {
  const kept = readMemory(nameOf(checkpoint));
  if (kept === undefined) return { kind: 'first look' };
  const stranger = keys.find(({ key }) => !kept.vkeys.includes(key.vkey));
  if (stranger !== undefined) return { kind: 'other key', vkey: stranger.key.vkey };
  const older = await openCheckpoint(kept.note, keys);
  return (await extendsIt(older, checkpoint))
    ? { kind: 'extends', size: older.size }
    : { kind: 'contradicts', size: older.size };
}

/** Whether the newer checkpoint's log begins with all of the older one's, by its public tiles. */
export async function extendsIt(older: Checkpoint, newer: Checkpoint): Promise<boolean> {
  if (older.origin !== newer.origin || older.size > newer.size) return false;
  const proof = older.size === 0 ? [] : await new TileTree(newer, fetchTile).growth(older.size);
  return provesGrowth(older, newer, proof);
}

/** Keeps the checkpoint and the keys for the next look. */
export function remember(checkpoint: Checkpoint, keys: readonly TrustedKey[]): void {
  keep(nameOf(checkpoint), JSON.stringify({ vkeys: keys.map(({ key }) => key.vkey), note: checkpoint.note }));
}

function readMemory(name: `log ${string}`): Kept | undefined {
  try {
    const found: unknown = JSON.parse(readKept(name) ?? 'null');
    if (typeof found !== 'object' || found === null || !('vkeys' in found) || !('note' in found)) return undefined;
    const { vkeys, note } = found;
    const isSound = Array.isArray(vkeys) && vkeys.every((vkey) => typeof vkey === 'string') && typeof note === 'string';
    return isSound ? { vkeys, note } : undefined;
  } catch {
    return undefined;
  }
}
