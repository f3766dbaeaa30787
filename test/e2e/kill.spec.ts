import { Interlock } from '../support/interlock.ts';
import { KillChain } from '../support/kill-chain.ts';
import { type KillPlan, killPlan } from '../support/kill-plan.ts';
import { SeededRandom } from '../support/seeded-random.ts';

// `npm run torture -- kills` does the same some hundred times; docs/torture.md has its figures.
const seed = 4;
const drawn = 2;
/** One of each kind for certain: the second has the first one's orphan to reconcile, the third outlives that. */
const certain: readonly KillPlan[] = [
  { callers: 1, readBeforePause: true, killAt: 'held at Graph' },
  { callers: 1, readBeforePause: true, killAt: 3 },
  { callers: 2, readBeforePause: true, killAt: 40 },
];

let interlock: Interlock;

beforeAll(async () => {
  interlock = await Interlock.start();
});
afterAll(() => interlock.stop());

describe('brokers that are killed anywhere on their way, one after the other', () => {
  it('leave each intent with one end, nothing at Graph without an intent, and no untrue word', async () => {
    const random = new SeededRandom(seed);
    const chain = new KillChain(interlock);
    for (const plan of certain) await chain.kill(plan);
    for (let broker = 0; broker < drawn; broker++) await chain.kill(killPlan(random));
    const report = await chain.report();

    expect(report).toMatchObject({ notEndedOnce: [], withoutIntent: [], untrueReplies: [], untrueVerdicts: [] });
    // Without these the above would show nothing.
    for (const count of Object.values(report.killed)) expect(count).toBeGreaterThan(0);
    expect(Object.keys(report.verdicts)).not.toEqual([]);
  }, 300_000);
});
