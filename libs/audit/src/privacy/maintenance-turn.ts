import { randomUUID } from 'node:crypto';
import type { Clock } from '#kernel';
import type { LeaseHolder, LeaseStore } from '../lease-store.ts';
import { MaintenanceRefused } from './maintenance-refused.ts';

const leaseMillis = 60_000;
const renewEveryMillis = 20_000;

/**
 * Lets one maintenance command work at a time, so that a hold cannot be placed between the look at the holds and what
 * depends on it. Throws `maintenance_busy` when it is another's turn.
 */
export async function maintenanceTurn<Result>(
  leases: LeaseStore,
  clock: Clock,
  origin: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const lease = await leases.acquire(`maintenance ${origin}`, randomUUID(), leaseMillis);
  if (lease === undefined) {
    const said = 'Another maintenance command is at work, or was cut off less than a minute ago; try again then';
    throw new MaintenanceRefused('maintenance_busy', said);
  }
  const stopping = new AbortController();
  const kept = keep(leases, clock, lease, stopping.signal);
  try {
    return await work();
  } finally {
    stopping.abort();
    await kept;
    await leases.release(lease);
  }
}

/** A renewal that fails is tried again: two may before the turn is over. */
async function keep(leases: LeaseStore, clock: Clock, lease: LeaseHolder, stopping: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await clock.wait(renewEveryMillis, stopping);
      await leases.renew(lease, leaseMillis, 0).catch(() => false);
    }
  } catch {
    // The work is done, and waiting for its end was cut short.
  }
}
