import { countAt, tileWidth } from '../tree/tiles.ts';
import { asNumber } from './column-value.ts';

/** Those tiles (rows of level and index) that a log of this size cannot have filled. */
export function strayTiles(rows: readonly (readonly unknown[])[], size: number): (readonly [number, number])[] {
  return rows
    .map(([level, idx]) => [asNumber(level), asNumber(idx)] as const)
    .filter(([level, idx]) => !(level >= 0 && idx >= 0 && (idx + 1) * tileWidth <= countAt(level, size)));
}
