// `npm test`: builds, runs every suite that this machine can run, says loudly which it could not and why, and ends with
// the line "N passed, N failed". `npm run test:containers` does the same with the suite that builds and runs images.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';

const ofContainers = process.argv[2] === '--containers';
const filters = process.argv.slice(ofContainers ? 3 : 2);
const results = `.cache/test-results${ofContainers ? '-containers' : ''}.json`;

function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) throw error;
  return status ?? 1;
}

/** Why the container suite cannot run here, or undefined when it can. */
function noContainers() {
  const engine = spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], { encoding: 'utf8' });
  if (engine.error) return 'no docker command was found';
  if (engine.status !== 0) return 'no Docker engine answers';
  return undefined;
}

/** Why another implementation of the log cannot be asked here, or undefined when it can. */
function noGo() {
  if (spawnSync('go', ['version']).error) return 'no go command was found';
  return existsSync('/usr/share/gocode/src/golang.org/x/mod') ? undefined : 'golang-golang-x-mod-dev is not installed';
}

/** Why the script in an evidence bundle cannot be run here, or undefined when it can. */
function noOpenssl() {
  const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' });
  if (openssl.error) return 'no openssl command was found';
  return /^OpenSSL [3-9]/.test(openssl.stdout) ? undefined : 'it takes OpenSSL 3 or newer';
}

/** Why the console cannot be tried in a browser here, or undefined when it can. */
function noBrowser() {
  const chromium = process.env.INTERLOCK_TEST_CHROMIUM ?? '/usr/bin/chromium';
  return existsSync(chromium) ? undefined : `there is no ${chromium} (Debian's package is called chromium)`;
}

function tellWhatDidNotRun() {
  const browser = noBrowser();
  if (browser !== undefined) console.log(`NOT RUN: the browser suite (the console), because ${browser}.`);
  const containers = noContainers() ?? 'it has a command of its own: npm run test:containers';
  console.log(`NOT RUN: the container suite (Dockerfile, compose file, replicas), because ${containers}.`);
  const go = noGo();
  if (go !== undefined) console.log(`NOT RUN: the interop suite of golang.org/x/mod, because ${go}.`);
  const openssl = noOpenssl();
  if (openssl !== undefined) console.log(`NOT RUN: verify.sh of evidence bundles, because ${openssl}.`);
}

mkdirSync('.cache', { recursive: true });
if (run('npm', ['run', '--silent', 'build']) !== 0) {
  console.log('\nThe build failed, so no test ran.\n0 passed, 1 failed');
  process.exit(1);
}
if (ofContainers && noContainers() !== undefined) {
  console.log(`NOT RUN: the container suite (Dockerfile, compose file, replicas), because ${noContainers()}.`);
  console.log('0 passed, 0 failed');
  process.exit(0);
}
const suites = ['unit', 'store', 'e2e', 'verifier', 'interop', ...(noBrowser() === undefined ? ['browser'] : [])];
const projects = ofContainers ? ['containers'] : suites;
const status = run(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    ...projects,
    '--json',
    `--outputFile=${results}`,
    ...filters,
  ],
  // Its image comes from a registry that not every machine reaches; the suite stops its containers itself.
  { TESTCONTAINERS_RYUK_DISABLED: 'true' },
);
const { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites } = JSON.parse(
  readFileSync(results, 'utf8'),
);
console.log('');
console.log(`Suites: ${projects.join(', ')}`);
if (!ofContainers) tellWhatDidNotRun();
// A suite that did not even load counts as a failure of its own.
const failed = numFailedTests + numRuntimeErrorTestSuites;
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(status !== 0 || failed > 0 || numFailedTestSuites > 0 || numPassedTests === 0 ? 1 : 0);
