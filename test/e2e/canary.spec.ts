import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ids, interlockSecret, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { Canary } from '../support/canary.ts';
import { call, type Call, type Reply } from '../support/http-client.ts';
import { Interlock, jobPath, jobsPath, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

const rights = { application: ids.hrPortal.appId, roles: ['Jobs.Read', 'Jobs.Pause'] };
const debug = { INTERLOCK_LOG_LEVEL: 'debug' };
/** Where nothing needs a token. */
const openPaths = [
  '/health/live',
  '/health/ready',
  '/metrics',
  '/openapi.json',
  '/docs',
  '/.well-known/oauth-protected-resource',
  '/.well-known/security.txt',
  '/log/checkpoint',
];

let interlock: Interlock;
let canary: Canary;
beforeEach(async () => {
  interlock = await Interlock.start();
  canary = new Canary();
});
afterEach(() => interlock.stop());

/** Asks a broker as different callers do, and observes every reply. */
class Callers {
  readonly statuses = new Set<number>();
  #asked = 0;

  constructor(readonly broker: BrokerProcess) {}

  async ask(path: string, request: Call = {}): Promise<Reply> {
    const { token } = request;
    if (token !== undefined) canary.keepSecret(`caller token ${this.#asked++}`, [token]);
    const reply = await call(this.broker.url + path, request);
    canary.observe('replies', JSON.stringify([reply.status, reply.headers, reply.data]));
    this.statuses.add(reply.status);
    return reply;
  }

  async pause(token: string, path = pausePath): Promise<Reply> {
    return this.ask(path, { method: 'POST', token, body: goodJustification });
  }
}

const graphToken = () => interlock.cloud.credentials().issued.at(-1) ?? '';
const json = { 'content-type': 'application/json' };

/** What Graph can do to a pause; the last ones repeat our own token to us, as an upstream should never do. */
const faults = (): readonly Parameters<Interlock['cloud']['injectFault']>[0][] => [
  { effect: { kind: 'throttle', retryAfter: { seconds: 120 } } },
  { effect: { kind: 'error', status: 401, code: 'InvalidAuthenticationToken' } },
  { effect: { kind: 'error', status: 403, code: 'Authorization_RequestDenied' } },
  { effect: { kind: 'error', status: 500 } },
  { effect: { kind: 'reset' }, when: 'after' },
  { effect: { kind: 'raw' } },
  { effect: { kind: 'raw', status: 400, headers: json, body: graphError(graphToken()) } },
  { effect: { kind: 'raw', status: 302, headers: { location: `https://evil.example/${graphToken()}` }, body: '' } },
];

function graphError(message: string): string {
  return JSON.stringify({ error: { code: message, message, innerError: { 'request-id': message } } });
}

/** Every way in which a request can end, good and bad. */
async function liveThrough(broker: BrokerProcess): Promise<Callers> {
  const callers = new Callers(broker);
  const mint = (change: Parameters<Interlock['cloud']['mintToken']>[0]) =>
    interlock.cloud.mintToken({ ...rights, ...change });
  const good = await mint({});
  const reviewer = await interlock.reviewer();

  await callers.pause(good);
  await callers.ask(jobPath(jobs.hrInbound), { token: good });
  await callers.ask(jobsPath(jobs.scim.servicePrincipalId), { token: good });
  await callers.ask(`${pausePath}?dryRun=true`, { method: 'POST', token: good, body: goodJustification });
  await callers.ask(pausePath, { method: 'POST', token: good, body: { reason: goodJustification.reason } });
  await callers.ask(`${pausePath}?access_token=${good}`, { method: 'POST', token: good, body: goodJustification });
  await callers.ask(`/v1.0/servicePrincipals/${good}/synchronization/jobs`, { token: good });
  await callers.ask(pausePath, { method: 'POST', token: good, body: `{"reason": ${good}`, headers: json });
  await callers.ask(pausePath, {
    method: 'POST',
    body: goodJustification,
    headers: { authorization: `Basic ${good}` },
  });
  await callers.pause(good, `${jobPath(jobs.notOwned)}/pause`);
  for (const change of [
    { application: ids.stranger.appId },
    { roles: ['Jobs.Read'] },
    { roles: [] },
    { expiresIn: -4000 },
    { audience: 'api://other' },
    { tenant: ids.otherTenant },
    { key: 'unknown' as const },
    { algorithm: 'none' as const },
    { kind: 'user' as const },
    { kind: 'id-token' as const },
  ]) {
    await callers.pause(await mint(change));
  }
  // A thief of our own token is a caller like any other.
  await callers.pause(graphToken());

  for (const fault of faults()) {
    const id = interlock.cloud.injectFault({ ...fault, match: { operation: 'job.pause' }, times: 1 });
    await callers.pause(good);
    interlock.cloud.clearFaults({ id });
  }
  await callers.ask('/no/such/route', { token: good });
  for (const path of openPaths) await callers.ask(path);
  await callers.ask('/api/audit/events?limit=1000', { token: reviewer });
  return callers;
}

/** Entra refuses, and repeats what it was shown. */
async function beRefused(environment: Record<string, string>, credential: string): Promise<BrokerProcess> {
  const description = `AADSTS7000215: Invalid client secret provided: ${credential}`;
  const body = JSON.stringify({ error: 'invalid_client', error_description: description });
  interlock.cloud.injectFault({
    match: { operation: 'token' },
    effect: { kind: 'raw', status: 401, headers: json, body },
  });
  const broker = await interlock.broker(environment);
  const reply = await new Callers(broker).pause(await interlock.hrPortal());
  expect([reply.status, reply.code]).toEqual([503, 'credential_unavailable']);
  expect(broker.output()).toContain('AADSTS7000215');
  interlock.cloud.clearFaults();
  return broker;
}

function keepCredentialsSecret(): void {
  const { issued, presented } = interlock.cloud.credentials();
  expect([issued.length, presented.length].every((count) => count > 0)).toBe(true);
  canary.keepSecret('Graph token', issued);
  canary.keepSecret('secret or assertion', presented);
}

function observeFiles(): void {
  for (const name of readdirSync(interlock.folder).filter((file) => file.startsWith('interlock.db'))) {
    canary.observe(name, readFileSync(join(interlock.folder, name)));
  }
}

it('with SQLite and a client secret, no credential stands in a log, a reply or a page of the database', async () => {
  const broker = await interlock.broker(debug);
  const callers = await liveThrough(broker);
  observeFiles();
  await broker.stop();
  const refused = await beRefused(
    { ...debug, DATABASE_URL: `sqlite:${interlock.folder}/interlock.db.2` },
    interlockSecret,
  );
  observeFiles();
  await refused.stop();
  observeFiles();
  canary.observe('output', broker.output() + refused.output());
  keepCredentialsSecret();

  expect([...callers.statuses].sort()).toEqual(expect.arrayContaining([200, 204, 400, 401, 403, 404, 429, 502]));
  expect(canary.placesOf(goodJustification.ticket)).toEqual(
    expect.arrayContaining(['replies', 'interlock.db', 'interlock.db-wal']),
  );
  expect(canary.placesOf('"msg":"request"')).toEqual(['output']);
  expect(canary.leaks()).toEqual([]);
});

describe('with PostgreSQL and a certificate', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('no credential stands in a log, a reply or a row of the database', async () => {
    const { certificate, privateKey } = interlock.cloud.clientIdentity;
    const file = join(interlock.folder, 'interlock.pem');
    writeFileSync(file, certificate + privateKey);
    canary.keepSecret('private key', [privateKey]);
    const broker = await interlock.broker({
      ...debug,
      DATABASE_URL: postgres.url,
      INTERLOCK_CREDENTIAL: 'certificate',
      AZURE_CLIENT_SECRET: '',
      AZURE_CLIENT_CERTIFICATE_PATH: file,
    });
    await liveThrough(broker);
    await broker.stop();
    canary.observe('output', broker.output());
    await observeTables(postgres);
    keepCredentialsSecret();

    expect(canary.placesOf(goodJustification.ticket)).toEqual(expect.arrayContaining(['replies', 'tables']));
    expect(canary.leaks()).toEqual([]);
  });
});

/** Every row of every table, whatever it is called; bytea as the bytes that it holds. */
async function observeTables(postgres: TestPostgres): Promise<void> {
  const tables = await postgres.sql(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables) {
    for (const row of await postgres.sql(`select * from ${String(name)}`)) {
      for (const value of Object.values(row)) {
        canary.observe('tables', value instanceof Uint8Array ? value : JSON.stringify(value));
      }
    }
  }
}
