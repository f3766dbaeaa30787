import { holdStoreContract } from './hold-store-contract.ts';
import { MemoryHolds, MemoryHoldTimers } from './memory-holds.ts';
import { useMemoryLog } from './memory-log.ts';

const log = useMemoryLog();

holdStoreContract('memory', async () => {
  const { store, clock } = log;
  const holds = new MemoryHolds(store);
  const timers = new MemoryHoldTimers(holds, clock);
  return {
    audit: await log.open(),
    log: store,
    holds,
    timers: [timers, timers],
    now: () => Promise.resolve(clock.now()),
    pass: (millis) => clock.advance(millis),
  };
});
