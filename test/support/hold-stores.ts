import { openStore } from '#store';
import { FakeClock, type HoldStores } from '#testing';
import { TestLog } from '../store/audit-logs.ts';

let logs = 0;

/** Stores of holds, and how to end them. */
export interface OpenHoldStores {
  readonly stores: HoldStores;
  close(): Promise<void>;
}

/** A log of its own in the database, as two replicas see it: two connections where the database allows it. */
export async function openHoldStores(url: string): Promise<OpenHoldStores> {
  const log = new TestLog(`broker.example/audit/holds-${++logs}`);
  const isShared = url.startsWith('postgres');
  const first = await openStore(url, log.clock);
  const second = isShared ? await openStore(url, new FakeClock()) : first;
  const replicas = await Promise.all(
    [first, second].map(async (store, at) => ({
      audit: await log.open(store.log(log.origin), `replica-${at}`),
      holds: store.holds(log.origin),
      timers: store.holdTimers(log.origin),
      leases: store.leases,
    })),
  );
  return {
    // PostgreSQL's timers go by the server's clock, which is months ahead of the test's.
    stores: { clock: log.clock, dueAtOnce: isShared, log: first.log(log.origin), replicas },
    close: async () => {
      await Promise.all(replicas.map(({ audit }) => audit.close()));
      await Promise.all([...new Set([first, second])].map((store) => store.close()));
    },
  };
}
