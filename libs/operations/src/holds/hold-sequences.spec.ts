import { AuditLog, DisclosureKey, LogKey } from '#audit';
import {
  assertFollowsModel,
  assertSurvivesRushes,
  FakeClock,
  holdRushes,
  type HoldStores,
  holdSteps,
  MemoryHolds,
  MemoryHoldTimers,
  MemoryLeaseStore,
  MemoryLogStore,
} from '#testing';
import fc from 'fast-check';

const origin = 'broker.example/audit/holds';
const key = LogKey.parse(origin, LogKey.generatePem());
const disclosureKey = DisclosureKey.parse(DisclosureKey.generate());

/** New stores in memory, with two replicas on them. */
async function memoryStores(): Promise<HoldStores> {
  const clock = new FakeClock();
  const store = new MemoryLogStore();
  const holds = new MemoryHolds(store);
  const leases = new MemoryLeaseStore(clock);
  store.leaseFence = leases.fenceOf;
  const replica = async (instance: string) => ({
    audit: await AuditLog.open({ store, clock, origin, key, disclosureKey, instance, build: 'test' }),
    holds,
    timers: new MemoryHoldTimers(holds, clock),
    leases,
  });
  return { clock, log: store, replicas: [await replica('one'), await replica('two')] };
}

// `npm run torture -- holds` plays thousands of them on each store.
describe('whatever happens to a job, on two replicas that fail and die', () => {
  it('it runs and is held as the model says, after each step', async () => {
    await fc.assert(
      fc.asyncProperty(holdSteps, async (steps) => {
        await assertFollowsModel(await memoryStores(), steps);
      }),
      { numRuns: 40 },
    );
  });

  it('it runs exactly when nobody holds it, however pauses and starts cross each other', async () => {
    await fc.assert(
      fc.asyncProperty(holdRushes, async (rushes) => {
        await assertSurvivesRushes(await memoryStores(), rushes);
      }),
      { numRuns: 25 },
    );
  });
});
