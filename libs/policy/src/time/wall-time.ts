import type { Branded } from '#kernel';

/** Minutes since midnight on a clock on the wall, 0 to 1440. */
export type WallTime = Branded<number, 'WallTime'>;

/** `HH:MM` from 00:00 to 24:00, or undefined. */
export function readWallTime(text: string): WallTime | undefined {
  if (text === '24:00') return 1440 as WallTime;
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)) return undefined;
  return (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) as WallTime;
}

/** `HH:MM`. */
export function formatWallTime(time: WallTime): string {
  return `${String(Math.floor(time / 60)).padStart(2, '0')}:${String(time % 60).padStart(2, '0')}`;
}
