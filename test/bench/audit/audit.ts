import { whole } from '../figures.ts';
import { progress, type Scenario } from '../scenario.ts';
import { appendRates, batchCosts } from './append-rates.ts';
import { BenchLog, benchStores } from './bench-log.ts';
import { proofCosts } from './proof-costs.ts';
import { searchLatencies } from './search-latencies.ts';
import { verificationRate } from './verification-rate.ts';

/** What the audit log costs: appends, verification, searches and proofs. */
export const audit: Scenario = async ({ rounds, entries }) => {
  const appends = await appendRates(rounds);
  const costs = await batchCosts();
  const logs: BenchLog[] = [];
  try {
    for (const { name, start } of benchStores) {
      const log = new BenchLog(await start());
      logs.push(log);
      const began = performance.now();
      await log.fillFast(entries);
      // What autovacuum does in its own time.
      await log.database.sql('analyze');
      progress(`${name}: a log of ${whole(entries)} entries in ${whole((performance.now() - began) / 1000)} s`);
    }
    const named = logs.map((log, at) => ({ name: benchStores[at]?.name ?? '', log }));
    return [
      '## Audit log',
      '### Appends',
      appends,
      costs,
      '### Verification',
      await verificationRate(named, rounds),
      '### Searches',
      await searchLatencies(named),
      '### Proofs',
      await proofCosts(named),
    ].join('\n\n');
  } finally {
    for (const log of logs) {
      log.remove();
      await log.database.stop();
    }
  }
};
