import { parseTilePath, type TileName, tileWidth } from '#tlog';
import type { FastifyRequest } from 'fastify';
import { TileUnknown } from './tile-unknown.ts';

/** A tile that a path names, with the number of hashes or entries that are wanted of it. */
export type AskedTile = TileName & { readonly width: number };

/**
 * The tile of a request's path, read from its raw bytes: a name has exactly one spelling. Throws {@link TileUnknown}.
 * @see https://c2sp.org/tlog-tiles
 */
export function askedTile(request: FastifyRequest): AskedTile {
  const [path = ''] = (request.raw.url ?? '').split('?', 1);
  const name = parseTilePath(path.replace(/^\/log\//, ''));
  if (name === undefined) throw new TileUnknown();
  return { width: tileWidth, ...name };
}

/**
 * How long caches may keep it. Bytes of a tile never change; a partial one is soon asked for at another width, and
 * need not stay.
 */
export function cacheControlOf({ width }: AskedTile, scope: 'public' | 'private'): string {
  return width === tileWidth ? `${scope}, max-age=31536000, immutable` : `${scope}, max-age=300`;
}
