// `npm run torture -- <what>`: long runs that try to break the promises of the audit log, with figures.
import { parseArgs } from 'node:util';
import { kills } from './kills.ts';
import { load } from './load.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
  },
});

function chosen(): Promise<boolean> | undefined {
  if (positionals[0] === 'kills') return kills(Number(values.runs), Number(values.seed));
  if (positionals[0] === 'load') return load(Number(values.seconds));
  return undefined;
}

const well = await chosen();
if (well === undefined) {
  console.error(
    'Usage: npm run torture -- kills [--runs 300] [--seed 1]\n       npm run torture -- load [--seconds 10]',
  );
  process.exit(2);
}
process.exitCode = well ? 0 : 1;
