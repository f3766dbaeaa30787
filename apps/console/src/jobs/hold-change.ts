import { api, done, newKey } from '../api/client.ts';
import type { bodyFor } from './asked-change.ts';

export type HoldChange = 'extend' | 'release';

type Body = ReturnType<typeof bodyFor>;

/** Moves the end of a hold. */
export function extend(holdId: string, body: Body): Promise<void> {
  return done(api.PATCH('/api/holds/{holdId}', { params: { path: { holdId } }, body }));
}

/** Gives up a hold; doing so again changes nothing. */
export function release(holdId: string, body: Body): Promise<void> {
  const header = { 'idempotency-key': newKey() };
  return done(api.DELETE('/api/holds/{holdId}', { params: { path: { holdId }, header }, body }));
}
