import { FakeClock } from './fake-clock.ts';
import { leaseStoreContract } from './lease-store-contract.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';

leaseStoreContract('memory', () => {
  const clock = new FakeClock();
  const leases = new MemoryLeaseStore(clock);
  return { leases, replicas: [leases, leases], end: () => clock.advance(3_600_000) };
});
