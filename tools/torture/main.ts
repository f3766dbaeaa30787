// `npm run torture -- <what>`: long, seeded runs that try to break the promises of the audit log, with figures.
import { parseArgs } from 'node:util';
import { kills } from './kills.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
});
const [what] = positionals;
if (what !== 'kills') {
  console.error('Usage: npm run torture -- kills [--runs 300] [--seed 1]');
  process.exit(2);
}
process.exitCode = (await kills(Number(values.runs), Number(values.seed))) ? 0 : 1;
