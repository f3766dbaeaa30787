import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisclosureKey, LogKey } from '#audit';
import axios from 'axios';
import { type StartedTestContainer, Wait } from 'testcontainers';
import { z } from 'zod';
import { Ending } from '../../apps/broker/src/start/ending.ts';
import { createAuthority, issueServerIdentity } from '../../apps/simulator/src/keys/identity.ts';
import { ids } from '../../apps/simulator/src/world/default-world.ts';
import { BrokerContainer, stopGracefully } from '../support/broker-container.ts';
import { buildImage, type DockerImage } from '../support/docker-image.ts';
import { testPolicy } from '../support/policy-file.ts';

const setUp = 600_000;
const lock = z.object({ packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })) });

const bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(
    z.looseObject({ name: z.string(), version: z.string(), hashes: z.array(z.looseObject({})).nonempty() }),
  ),
});

const ending = new Ending();
const folder = mkdtempSync(join(tmpdir(), 'interlock-image-'));
let caPem: string;
let image: DockerImage;
let broker: StartedTestContainer;

/** The smallest installation: SQLite on a volume, TLS of its own, nothing else. */
async function startBroker(): Promise<StartedTestContainer> {
  const authority = await createAuthority();
  const server = await issueServerIdentity(authority, ['localhost', '127.0.0.1']);
  caPem = authority.certificate;
  const files = {
    'policy.yaml': testPolicy,
    'log-key.pem': LogKey.generatePem(),
    'disclosure-key': DisclosureKey.generate(),
    'tls.crt': server.certificate,
    'tls.key': server.privateKey,
    'client-secret': 'never-sent',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o444 });
  return new BrokerContainer(image.name)
    .withDataVolume()
    .withBindMounts(
      Object.keys(files).map((name) => ({ source: join(folder, name), target: `/run/interlock/${name}`, mode: 'ro' })),
    )
    .withEnvironment({
      TLS_CERT_FILE: '/run/interlock/tls.crt',
      TLS_KEY_FILE: '/run/interlock/tls.key',
      AZURE_TENANT_ID: ids.tenant,
      AZURE_CLIENT_ID: ids.interlock.appId,
      INTERLOCK_CREDENTIAL: 'secret',
      AZURE_CLIENT_SECRET_FILE: '/run/interlock/client-secret',
      INTERLOCK_AUDIENCES: 'api://interlock',
      INTERLOCK_POLICY: '/run/interlock/policy.yaml',
      INTERLOCK_LOG_ORIGIN: 'broker.example/audit/image',
      INTERLOCK_LOG_KEY_FILE: '/run/interlock/log-key.pem',
      INTERLOCK_DISCLOSURE_KEY_FILE: '/run/interlock/disclosure-key',
    })
    .withWaitStrategy(Wait.forHealthCheck())
    .start();
}

beforeAll(async () => {
  image = await buildImage('broker');
  ending.add(() => image.remove());
  broker = await startBroker();
  ending.add(async () => {
    await broker.stop();
  });
}, setUp);
afterAll(async () => {
  await ending.run();
  rmSync(folder, { recursive: true });
});

const run = async (...command: string[]) => broker.exec(command);
const linesOf = async (...command: string[]) => (await run(...command)).output.trim().split('\n').sort();

describe('the image', () => {
  it('runs node itself as process 1 and as uid 1000, so that signals arrive and little can be harmed', async () => {
    expect((await run('readlink', '/proc/1/exe')).output.trim()).toBe('/usr/local/bin/node');
    expect(await linesOf('id', '-u')).toEqual(['1000']);
    expect((await image.inspect()).Config).toMatchObject({ User: 'node', StopSignal: 'SIGTERM' });
  });

  it('works on a read-only root file system and without capabilities', async () => {
    expect(await run('touch', '/app/file')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('Read-only file system'),
    });
    expect((await run('grep', 'CapEff', '/proc/self/status')).output).toMatch(/^CapEff:\t0+\n$/);
  });

  it('keeps its data in /data, readable for nobody else, and declares no volume', async () => {
    expect(await linesOf('stat', '--format=%U %a', '/data')).toEqual(['node 700']);
    expect(await linesOf('ls', '/data')).toContain('interlock.db');
    expect([null, undefined]).toContain((await image.inspect()).Config.Volumes);
  });

  it('holds the broker and the command line, neither the simulator nor tests nor a package manager', async () => {
    expect(await linesOf('ls', '/app')).toEqual([
      'data',
      'dist',
      'healthcheck.mjs',
      'node_modules',
      'package.json',
      'sbom.cdx.json',
    ]);
    expect(await linesOf('ls', '/app/dist')).toEqual(['apps', 'bin']);
    expect(await linesOf('ls', '/app/dist/apps')).toEqual(['console']);
    expect(await linesOf('find', '/app/dist/bin', '-maxdepth', '1', '-name', '*.js', '-printf', '%f\n')).toEqual([
      'broker.js',
      'interlock.js',
    ]);
    expect((await run('sh', '-c', 'command -v npm npx yarn corepack')).output).toBe('');
  });

  it('adds less than 250 MB to its base', async () => {
    const [kibibytes] = (await run('du', '-sk', '/app')).output.split('\t');

    expect(Number(kibibytes)).toBeLessThan(250_000_000 / 1024);
  });

  it('holds the production packages of the lock file and no others', async () => {
    const { packages } = lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
    const found = await linesOf('find', 'node_modules', '-name', 'package.json', '-path', '*node_modules/*');
    const installed = new Set(found.map((file) => file.replace(/\/package\.json$/, '')));
    const wanted = Object.entries(packages).filter(([path]) => path !== '');
    const development = wanted.filter(([, { dev }]) => dev === true).map(([path]) => path);
    const production = wanted.filter(
      ([, entry]) => !Object.keys(entry).some((key) => /^(dev|devOptional|optional|peer)$/.test(key)),
    );

    expect(development.filter((path) => installed.has(path))).toEqual([]);
    expect(production.map(([path]) => path).filter((path) => !installed.has(path))).toEqual([]);
    expect([development.length, production.length].every((count) => count > 50)).toBe(true);
  });
});

describe('its bill of materials', () => {
  it('is CycloneDX, and names with digests exactly the packages that are there', async () => {
    const { components } = bill.parse(JSON.parse((await run('cat', 'sbom.cdx.json')).output));
    const list =
      "for (const file of require('node:fs').globSync('node_modules/**/package.json')) { const { name, version } = require(`./${file}`); if (/node_modules\\/(@[^/]+\\/)?[^/]+\\/package\\.json$/.test(file)) console.log(`${name}@${version}`); }";
    const installed = new Set(await linesOf('node', '-e', list));
    const named = new Set(components.map(({ name, version }) => `${name}@${version}`));

    expect([...installed].filter((found) => !named.has(found))).toEqual([]);
    expect([...named].filter((found) => !installed.has(found))).toEqual([]);
    expect(installed.size).toBeGreaterThan(50);
  });
});

describe('its health check', () => {
  it('is healthy when the broker serves TLS of its own', async () => {
    const url = `https://localhost:${broker.getMappedPort(8080)}/health/live`;
    const reply = await axios.get(url, { httpsAgent: new Agent({ ca: caPem }) });

    expect([reply.status, reply.data]).toEqual([200, { status: 'live' }]);
    expect((await run('node', 'healthcheck.mjs')).exitCode).toBe(0);
    expect((await image.inspect()).Config).toMatchObject({ Healthcheck: { Test: ['CMD', 'node', 'healthcheck.mjs'] } });
  });

  it.each([
    ['nothing answers', { PORT: '9' }],
    ['something else answers', { PORT: '8080', TLS_CERT_FILE: '', TLS_KEY_FILE: '' }],
  ])('is unhealthy when %s', async (_, env) => {
    expect((await broker.exec(['node', 'healthcheck.mjs'], { env })).exitCode).toBe(1);
  });
});

describe('told to stop', () => {
  it('exits 0', async () => {
    expect(await stopGracefully(broker)).toBe(0);
  });
});
