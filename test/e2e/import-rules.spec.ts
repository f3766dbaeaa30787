import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A file that breaks each rule of .dependency-cruiser.cjs, and nothing else. */
const faults: readonly [rule: string, file: string, content: string][] = [
  ['no-circular', 'libs/kernel/src/fault.ts', `import './fault.1.ts';`],
  ['no-circular', 'libs/kernel/src/fault.ts', `import './fault.0.ts';`],
  ['libs-never-import-apps', 'libs/graph/src/fault.ts', `import '../../../apps/cli/src/main.ts';`],
  ['apps-do-not-meet', 'apps/cli/src/fault.ts', `import '../../broker/src/main.ts';`],
  ['kernel-and-tlog-are-leaves', 'libs/tlog/src/fault.ts', `import '#kernel';`],
  ['config-imports-kernel-only', 'libs/config/src/fault.ts', `import '#policy';`],
  ['simulator-verifier-and-console-import-nothing-of-ours', 'apps/simulator/src/fault.ts', `import '#kernel';`],
  ['simulator-verifier-and-console-import-nothing-of-ours', 'apps/verifier/src/fault.ts', `import '#tlog';`],
  ['simulator-verifier-and-console-import-nothing-of-ours', 'apps/console/src/fault.ts', `import '#kernel';`],
  ['libs-through-their-index', 'apps/broker/src/fault.ts', `import '../../../libs/policy/src/decision.ts';`],
  [
    'siblings-do-not-meet',
    'libs/policy/src/fault.ts',
    `import type { RequestFacts } from '#audit';\nexport type F = RequestFacts;`,
  ],
  ['siblings-do-not-meet', 'libs/alarms/src/fault.ts', `import '#audit';`],
  ['siblings-import-kernel-only', 'libs/auth/src/fault.ts', `import '#store';`],
  ['only-audit-and-store-use-tlog', 'libs/operations/src/fault.ts', `import '#tlog';`],
  ['operations-knows-ports-never-store', 'libs/operations/src/fault.ts', `import '#store';`],
  ['not-through-own-index', 'libs/policy/src/fault.ts', `import './index.ts';`],
  ['nest-only-at-the-edge', 'libs/graph/src/fault.ts', `import '@nestjs/common';`],
  ['only-store-knows-sql', 'apps/broker/src/fault.ts', `import 'kysely';`],
  ['only-store-knows-sql', 'libs/audit/src/fault.ts', `import 'node:sqlite';`],
  ['only-graph-knows-entra', 'libs/auth/src/fault.ts', `import '@azure/identity';`],
  ['testing-only-in-tests', 'apps/broker/src/fault.ts', `import '#testing';`],
  ['no-junk-drawers', 'libs/policy/src/fault.ts', `import './utils.ts';`],
];

const folder = mkdtempSync(join(tmpdir(), 'interlock-rules-'));

beforeAll(() => {
  for (const path of ['apps', 'libs', 'package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs']) {
    cpSync(path, join(folder, path), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'libs/policy/src/utils.ts'), 'export {};');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What the copy breaks, and where. */
function violations(): readonly { readonly rule: string; readonly from: string }[] {
  const cruise = [join(folder, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'), 'apps', 'libs'];
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const report = JSON.parse(execFileSync(process.execPath, [...cruise, '--output-type', 'json'], options)) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  return report.summary.violations.map(({ from, rule: { name } }) => ({ rule: name, from }));
}

describe('the import rules', () => {
  it('each catch a fault that breaks them, and nothing else in the tree', () => {
    for (const [number, [, file, content]] of faults.entries()) {
      writeFileSync(join(folder, file.replace(/\.ts$/, `.${number}.ts`)), content);
    }
    const found = violations();

    expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...new Set(faults.map(([rule]) => rule))]));
    expect(found.filter(({ from }) => !/\/fault\.\d+\.ts$/.test(from))).toEqual([]);
  });
});
