import { Interlock } from '../../test/support/interlock.ts';
import { KillChain } from '../../test/support/kill-chain.ts';
import { killPlan } from '../../test/support/kill-plan.ts';
import { SeededRandom } from '../../test/support/seeded-random.ts';

const wrongs = ['notEndedOnce', 'withoutIntent', 'untrueReplies', 'untrueVerdicts'] as const;

/** Kills one broker after the other at random points of their way and prints what that left. True when all was well. */
export async function kills(runs: number, seed: number): Promise<boolean> {
  const random = new SeededRandom(seed);
  const interlock = await Interlock.start();
  const began = performance.now();
  try {
    const chain = new KillChain(interlock);
    for (let run = 1; run <= runs; run++) {
      await chain.kill(killPlan(random));
      if (run % 25 === 0) console.log(`${run} brokers killed`);
    }
    const report = await chain.report();
    console.log(JSON.stringify(report, null, 2));
    console.log(`${runs} kills with seed ${seed} in ${Math.round((performance.now() - began) / 1000)} s`);
    return wrongs.every((name) => report[name].length === 0);
  } finally {
    await interlock.stop();
  }
}
