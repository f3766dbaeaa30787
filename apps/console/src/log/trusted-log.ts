import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type ReplyOf } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import { type Checkpoint, openCheckpoint, type TrustedKey } from '../proof/checkpoint.ts';
import { LogPublicKey } from '../proof/log-key.ts';
import { TileTree } from '../proof/tile-tree.ts';
import { fetchTile } from './fetch-tile.ts';
import { recall, type Recollection, remember } from './log-memory.ts';

export type Standing = ReplyOf<'readLogStanding'>;

type Window = ReplyOf<'trustFile'>[number];

/** The log as this browser opened it: a checkpoint whose signature it verified itself. */
export interface TrustedLog {
  readonly checkpoint: Checkpoint;
  readonly keys: readonly TrustedKey[];
  readonly tree: TileTree;
  readonly standing: Standing;
  /** Up to how many entries a checkpoint is kept elsewhere, as the server says. */
  readonly anchoredSize: number;
  /** How it fits what this browser saw before. */
  readonly recollection: Recollection;
}

/** Opens the log anew once a page shows entries beyond what was opened: each new `size` is a new look. */
export function useTrustedLog(size: number): UseQueryResult<TrustedLog> {
  return useQuery({ queryKey: ['log', size], queryFn: openLog, staleTime: Infinity, refetchOnWindowFocus: false });
}

async function openLog(): Promise<TrustedLog> {
  const [windows, note, standing] = await Promise.all([
    bodyOf(api.GET('/log/trust.json')),
    textAt('/log/checkpoint'),
    bodyOf(api.GET('/api/audit/log')),
  ]);
  const keys = await Promise.all(windows.map(trustedKey));
  const checkpoint = await openCheckpoint(note, keys);
  const recollection = await recall(checkpoint, keys);
  if (recollection.kind !== 'contradicts' && recollection.kind !== 'other key') remember(checkpoint, keys);
  const { protection } = standing;
  const anchoredSize = protection.kind === 'tamper-evident' ? (protection.size ?? 0) : 0;
  return { checkpoint, keys, tree: new TileTree(checkpoint, fetchTile), standing, anchoredSize, recollection };
}

async function trustedKey({ vkey, fromSize, toSize }: Window): Promise<TrustedKey> {
  return { key: await LogPublicKey.read(vkey), fromSize, toSize };
}

async function textAt(path: '/log/checkpoint'): Promise<string> {
  const reply = await fetch(path);
  if (!reply.ok) throw problemOf(reply.status, undefined);
  return reply.text();
}
