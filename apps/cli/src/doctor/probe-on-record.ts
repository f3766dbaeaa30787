import type { AuditLog } from '#audit';
import { type GraphEndpoints, probeGraph, type Reach } from '#graph';

/** Whether Graph can be reached over TLS, with an intent before the handshake and an outcome after it. */
export async function probeOnRecord(endpoints: GraphEndpoints, audit: AuditLog): Promise<Reach> {
  const receipt = await audit.recordIntent({ type: 'self-check.intent', check: 'connection' });
  const reach = await probeGraph(endpoints, receipt);
  await audit.record({
    type: 'self-check.outcome',
    check: 'connection',
    parent: receipt.eventId,
    ...(reach.reached ? { outcome: 'success' } : { outcome: 'failure', reason: reach.code }),
  });
  return reach;
}
