import type { RateLimit } from '#kernel';
import { durationMillis } from './duration.ts';

/** Reads `<requests>/<duration>`, such as `600/PT1M`; undefined for anything else. */
export function readRateLimit(text: string): RateLimit | undefined {
  const [, requests = '', per = ''] = /^([1-9]\d{0,6})\/(P.+)$/.exec(text) ?? [];
  const perMillis = durationMillis(per);
  if (perMillis === undefined || perMillis < 1_000 || perMillis > 86_400_000) return undefined;
  return { requests: Number(requests), perMillis };
}
