import { databases } from '../../test/store/databases.ts';
import { LogKills } from '../../test/support/log-kills.ts';
import { SeededRandom } from '../../test/support/seeded-random.ts';

/** Kills processes in the midst of appending, so often on each store. True when nothing was lost or doubled. */
export async function log(runs: number, seed: number): Promise<boolean> {
  let well = true;
  for (const [name, start] of databases) {
    const database = await start();
    const kills = new LogKills(database);
    const random = new SeededRandom(seed);
    const began = performance.now();
    try {
      for (let run = 1; run <= runs; run++) {
        await kills.kill(random);
        if (run % 25 === 0) console.log(`${name}: ${run} processes killed`);
      }
    } finally {
      kills.remove();
      await database.stop();
    }
    const { lost, doubled } = kills.report;
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${name}, seed ${seed}, ${seconds} s: ${JSON.stringify(kills.report, null, 2)}`);
    well &&= lost.length === 0 && doubled.length === 0;
  }
  return well;
}
