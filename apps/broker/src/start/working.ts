import type { AuditLog } from '#audit';
import {
  BulkOperations,
  BulkWorker,
  JobOperations,
  type JobOperationsPorts,
  RoundLoop,
  usualBulkPace,
} from '#operations';
import type { Store } from '#store';
import type { Logger } from 'pino';

interface Parts extends JobOperationsPorts {
  readonly store: Store;
  readonly log: AuditLog;
  readonly origin: string;
  readonly logger: Logger;
}

/** What callers ask for, one job or many at a time. */
export interface Working {
  readonly operations: JobOperations;
  readonly bulk: BulkOperations;
  close(): Promise<void>;
}

/** Makes the operations, and begins to work on bulk operations: on those first that an earlier process left. */
export function startWorking({ store, origin, logger, ...parts }: Parts): Working {
  const operations = new JobOperations(parts);
  const ports = { ...parts, operations, store: store.bulk(origin), search: store.search(origin) };
  const failed = (error: unknown): void => {
    logger.warn({ err: error }, 'could not look for bulk operations now');
  };
  const worker = new BulkWorker({
    ...ports,
    leases: store.leases,
    pace: usualBulkPace,
    onFailure: (operation, error) => {
      logger.warn({ operation, err: error }, 'could not go on with a bulk operation now');
    },
  });
  const loop = new RoundLoop(worker, parts.clock, () => usualBulkPace.everyMillis, failed);
  const onBegun = (): void => void worker.round().catch(failed);
  return { operations, bulk: new BulkOperations({ ...ports, onBegun }), close: () => loop.close() };
}
