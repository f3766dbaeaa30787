import { z } from 'zod';
import { printable } from './graph-body.ts';
import type { SynchronizationJob } from './graph-gateway.ts';

/** Why Graph took a job out of service. */
export interface Quarantine {
  /** Graph's word for it, such as `TooManyDeletes`; absent when it gave none that can be shown. */
  readonly reason?: string;
}

const details = z.looseObject({ reason: z.string() });

/**
 * The job's quarantine, if it is in one. A pause does not end it: the details stay while the status says `Paused`, and a
 * start would clear them.
 * @see https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationquarantine
 */
export function quarantineOf(job: SynchronizationJob): Quarantine | undefined {
  const { code, quarantine } = job.status;
  if (code !== 'Quarantine' && (quarantine === undefined || quarantine === null)) return undefined;
  const reason = printable(details.safeParse(quarantine).data?.reason);
  return reason === undefined ? {} : { reason };
}
