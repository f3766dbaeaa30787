import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** What marks a suite that draws values: fast-check itself, or a shared contract or sequence that uses it. */
const drawing = 'fast-check|StoreContract|holdRushes|smallRules';

/**
 * Runs every suite with properties once per seed, one seed after the other; `npm test` has one seed always. Prints each
 * seed and, where one failed, what jest said; true when all passed.
 */
export async function properties(runs: number, firstSeed: number): Promise<boolean> {
  const suites = spawnSync('git', ['grep', '-lE', drawing, '--', '*.spec.ts'], { encoding: 'utf8' }).stdout.split('\n');
  const files = suites.filter(Boolean);
  let failures = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    const { code, output } = await jest(files, seed);
    if (code !== 0) failures += 1;
    console.log(`seed ${seed}: ${code === 0 ? 'passed' : `failed\n${output}`}`);
  }
  console.log(`${files.length} suites with ${runs} seeds from ${firstSeed}; seeds that failed: ${failures}`);
  return failures === 0 && files.length > 0;
}

async function jest(
  files: readonly string[],
  seed: number,
): Promise<{ readonly code: unknown; readonly output: string }> {
  const jestMain = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
  ];
  const child = spawn(process.execPath, [...jestMain, '--runTestsByPath', ...files], {
    env: { ...process.env, INTERLOCK_TEST_SEED: String(seed), TESTCONTAINERS_RYUK_DISABLED: 'true' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as readonly unknown[];
  return { code, output };
}
