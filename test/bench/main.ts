// `npm run bench -- [scenario] [--rounds 5] [--entries 1000000] [--write]`: measures one scenario or all of them and prints
// Markdown. With --write it also puts what it printed into docs/performance.md.
import { parseArgs } from 'node:util';
import { audit } from './audit/audit.ts';
import { gateway } from './gateway/gateway.ts';
import { writeSection } from './performance-page.ts';
import { policy } from './policy-scenario.ts';
import type { Scenario } from './scenario.ts';

const scenarios: Readonly<Record<string, Scenario>> = { gateway, audit, policy };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    entries: { type: 'string', default: '1000000' },
    write: { type: 'boolean', default: false },
  },
});

const wanted = positionals.length === 0 ? Object.keys(scenarios) : positionals;
for (const name of wanted) {
  const scenario = scenarios[name];
  if (scenario === undefined) {
    console.error(
      `Usage: npm run bench -- [${Object.keys(scenarios).join('|')}] [--rounds 5] [--entries 1000000] [--write]`,
    );
    process.exit(2);
  }
  const section = await scenario({ rounds: Number(values.rounds), entries: Number(values.entries) });
  console.log(section);
  if (values.write) writeSection(name, section);
}
