import { randomUUID } from 'node:crypto';
import { type AuditLog, OpenIntents } from '#audit';
import { type JobOperationsPorts, Reconciler, type ReconcilerPace, RoundLoop } from '#operations';
import type { Store } from '#store';
import type { Logger } from 'pino';
import { OpenUnknowns } from '../audit/open-unknowns.ts';

interface Parts extends Pick<JobOperationsPorts, 'audit' | 'outcomes' | 'graph' | 'clock'> {
  readonly store: Store;
  readonly log: AuditLog;
  readonly origin: string;
  readonly pace: ReconcilerPace;
  readonly logger: Logger;
}

/** The reconciler at work. */
export interface Reconciling {
  readonly unknowns: OpenUnknowns;
  close(): Promise<void>;
}

/** Begins to follow the log for open intents and to find out about them. */
export async function startReconciling(parts: Parts): Promise<Reconciling> {
  const { store, origin, clock, pace, logger } = parts;
  const leaseName = `reconciler ${origin}`;
  const open = new OpenIntents(store.log(origin), await store.leases.position(leaseName));
  const reconciler = new Reconciler({
    ...parts,
    open,
    leases: store.leases,
    leaseName,
    owner: randomUUID(),
    onVerdict: ({ eventId, operation }, verdict, reason) => {
      logger.warn({ intent: eventId, operation, verdict, reason }, 'reconciled an open intent');
    },
  });
  const loop = new RoundLoop(
    reconciler,
    clock,
    () => pace.everyMillis,
    (error) => {
      logger.warn({ err: error }, 'could not reconcile now');
    },
  );
  return { unknowns: new OpenUnknowns(open, clock, pace.orphanAfterMillis), close: () => loop.close() };
}
