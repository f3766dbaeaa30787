import { problemOf } from '../api/problem.ts';
import type { Bytes } from '../proof/bytes.ts';
import { tilePath } from '../proof/tile-tree.ts';

/** A tile of the log. Anybody may have it, so asking needs no session and is not recorded. */
export async function fetchTile(level: number, index: number, width: number): Promise<Bytes> {
  const reply = await fetch(tilePath(level, index, width));
  if (!reply.ok) throw problemOf(reply.status, undefined);
  return new Uint8Array(await reply.arrayBuffer());
}
