import { TimedHolds } from '../support/timed-holds.ts';

const count = 24;
let holds: TimedHolds | undefined;

afterEach(async () => {
  await holds?.stop();
  holds = undefined;
});

// On SQLite too, and with 1,000 holds: `npm run torture -- timers`.
describe('holds that end while a broker is killed', () => {
  it('start each job once: two replicas on PostgreSQL, of which one is killed', async () => {
    holds = await TimedHolds.start('PostgreSQL', count);
    const brokers = [await holds.broker(), await holds.broker()] as const;
    await holds.hold(brokers, Date.now() + 1_000, 1_000);
    await holds.started(4);
    await brokers[0].kill();
    const before = holds.startsSoFar;
    await brokers[1].stop();
    await holds.endLeases();
    await holds.heir();
    await holds.started(count);

    expect(holds.report(before)).toMatchObject({ holds: count, notOnce: [] });
  });
});
