import { whole } from '../figures.ts';
import { progress, type Scenario } from '../scenario.ts';
import { appendRates } from './append-rates.ts';
import { BenchLog, benchStores } from './bench-log.ts';
import { proofCosts } from './proof-costs.ts';
import { searchLatencies } from './search-latencies.ts';
import { verificationRate } from './verification-rate.ts';

/** What the audit log costs: appends, verification, searches and proofs. */
export const audit: Scenario = async ({ rounds, entries }) => {
  const appends = await appendRates(rounds);
  const logs: BenchLog[] = [];
  try {
    for (const { name, writers, start } of benchStores) {
      const log = new BenchLog(await start());
      logs.push(log);
      const rate = await log.fill({ writers, appenders: 256, events: entries, spread: true });
      // What autovacuum does in its own time.
      await log.database.sql('analyze');
      progress(`${name}: a log of ${whole(entries)} entries at ${whole(rate)} appends/s`);
    }
    const named = logs.map((log, at) => ({ name: benchStores[at]?.name ?? '', log }));
    return [
      '## Audit log',
      '### Appends',
      appends,
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
