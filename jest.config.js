import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./swc.jest.json', import.meta.url)));

if (process.env.INTERLOCK_TEST_SEED === 'random') {
  process.env.INTERLOCK_TEST_SEED = String(randomInt(2 ** 31));
  console.error(`INTERLOCK_TEST_SEED=${process.env.INTERLOCK_TEST_SEED}`);
}

const base = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^fast-check$': '<rootDir>/test/support/seeded-fast-check.ts' },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
};

/** For projects whose suites need databases. */
const databases = {
  ...base,
  globalSetup: '<rootDir>/test/support/common-postgres.ts',
  globalTeardown: '<rootDir>/test/support/end-common-postgres.ts',
};

export default {
  testTimeout: 60_000,
  // The suites wait for programs more than they compute: every core may have one.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/support/long-suites-first.mjs',
  projects: [
    {
      ...base,
      displayName: 'unit',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools', '<rootDir>/test/support'],
      testRegex: '\\.spec\\.ts$',
    },
    { ...databases, displayName: 'store', roots: ['<rootDir>/test/store'], testRegex: '\\.spec\\.ts$' },
    { ...databases, displayName: 'e2e', roots: ['<rootDir>/test/e2e'], testRegex: '\\.spec\\.ts$' },
    { ...base, displayName: 'verifier', roots: ['<rootDir>/test/verifier'], testRegex: '\\.spec\\.ts$' },
    { ...base, displayName: 'interop', roots: ['<rootDir>/test/interop'], testRegex: '\\.spec\\.ts$' },
    { ...base, displayName: 'browser', roots: ['<rootDir>/test/browser'], testRegex: '\\.spec\\.ts$' },
    { ...base, displayName: 'containers', roots: ['<rootDir>/test/containers'], testRegex: '\\.spec\\.ts$' },
  ],
};
