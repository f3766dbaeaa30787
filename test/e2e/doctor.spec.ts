import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { z } from 'zod';
import { doctor } from '../../apps/cli/src/doctor/doctor.ts';
import { consoleUrl, ids, interlockSecret, jobs } from '../../apps/simulator/src/world/default-world.ts';
import { DisclosureKey, LogKey } from '#audit';
import { SystemClock } from '#kernel';
import type { BrokerProcess } from '../support/broker-process.ts';
import { interlockCommand } from '../support/command-line.ts';
import { consoleSettings } from '../support/console.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';
import { eventsOver, verifiedEvents } from '../support/recorded-events.ts';

const Report = z.object({
  status: z.enum(['ok', 'warn', 'fail']),
  findings: z.array(
    z.object({
      check: z.string(),
      level: z.string(),
      code: z.string(),
      message: z.string(),
      remedy: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const trusted = getCACertificates('default');
let interlock: Interlock;
/** Started while the world was the default one. */
let broker: BrokerProcess;

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker();
  setDefaultCACertificates([...trusted, interlock.cloud.caPem]);
});
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await interlock.stop();
});
beforeEach(() => {
  interlock.cloud.reset();
});

/**
 * As the command does it, but in this process, and with records of its own: that a log exists already, the file system
 * tells by an error that is no Error of Jest's.
 */
async function examined(
  overrides: Record<string, string> = {},
  recordsFolder = mkdtempSync(join(interlock.folder, 'doctor-')),
) {
  const variables = interlock.environment(overrides);
  let out = '';
  const terminal = { out: (text: string) => (out += text), error: () => undefined };
  const code = await doctor({ variables, recordsFolder, clock: new SystemClock() }, { json: true }, terminal);
  return { code, ...reported(out) };
}

function reported(out: string) {
  const { status, findings } = Report.parse(JSON.parse(out));
  return { status, findings, of: (check: string) => findings.filter((finding) => finding.check === check) };
}

/** `interlock doctor` as operators run it. */
const command = (...args: readonly string[]) =>
  interlockCommand(['doctor', '--records', join(interlock.folder, 'doctor'), ...args], interlock.environment());

const ownNotOwned = () => {
  interlock.cloud.grantOwnership({ principal: jobs.notOwned.servicePrincipalId });
};

describe('interlock doctor', () => {
  it('beside a running broker finds all in order, ends with 0, and leaves the log of the broker alone', async () => {
    ownNotOwned();
    const before = await eventsOver(broker.url, await interlock.reviewer());
    const ended = await command('--json');
    const { status, findings } = reported(ended.out);

    expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect([ended.code, status]).toEqual([0, 'ok']);
    expect(new Set(findings.map(({ check }) => check)).size).toBe(15);
    expect(await eventsOver(broker.url, await interlock.reviewer())).toHaveLength(before.length);
  });

  it('has each question to Graph in a log of its own before it is asked, in a form that verifies', async () => {
    interlock.cloud.clearJournal();
    const records = join(interlock.folder, 'verified');
    await examined({}, records);
    const events = await verifiedEvents({
      DATABASE_URL: `sqlite:${join(records, 'doctor.db')}`,
      INTERLOCK_LOG_ORIGIN: 'broker.example/audit/test-doctor',
      INTERLOCK_LOG_KEY_FILE: join(records, 'log-key.pem'),
    });

    const asked = interlock.cloud.journal({ service: 'graph' });
    const intents = events.filter(({ type }) => type === 'self-check.intent');
    expect(asked.map(({ operation }) => operation)).toEqual(['principal.get', 'principal.grants', 'principal.owned']);
    expect(intents.map(({ check }) => check)).toEqual(['connection', 'principal', 'roles', 'ownership']);
  });

  it('asks Graph nothing when its questions cannot be recorded', async () => {
    interlock.cloud.clearJournal();
    const file = join(interlock.folder, 'no-folder');
    writeFileSync(file, '');
    const { of, code } = await examined({}, file);

    expect(of('record')).toMatchObject([{ level: 'fail', message: expect.stringContaining('none was asked') }]);
    expect(code).toBe(2);
    expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
  });

  it('names the service principal that is not owned, and the commands that mend it, with real ids', async () => {
    const { code, of } = await examined();
    const { servicePrincipalId } = jobs.notOwned;
    const own = `https://graph.microsoft.com/v1.0/directoryObjects/${ids.interlock.principalId}`;

    expect(code).toBe(1);
    expect(of('ownership')).toMatchObject([
      {
        level: 'warn',
        code: 'not_owned',
        message: expect.stringContaining(`${servicePrincipalId} (not-owned)`),
        remedy: {
          az: `az rest --method POST --url 'https://graph.microsoft.com/v1.0/servicePrincipals/${servicePrincipalId}/owners/$ref' --headers 'Content-Type=application/json' --body '{"@odata.id":"${own}"}'`,
          powershell: `New-MgServicePrincipalOwnerByRef -ServicePrincipalId '${servicePrincipalId}' -BodyParameter @{ '@odata.id' = '${own}' }`,
        },
      },
    ]);
  });

  it('finds a role too many, tells how to take it away, and does not mind it where it is allowed', async () => {
    const role = 'Directory.ReadWrite.All';
    ownNotOwned();
    interlock.cloud.grantRole({ role });
    const { code, of } = await examined();
    const allowed = await examined({ INTERLOCK_ALLOWED_GRAPH_ROLES: `Application.ReadWrite.OwnedBy,${role}` });

    expect(code).toBe(2);
    expect(of('roles')).toMatchObject([
      { level: 'fail', code: 'role_not_allowed', message: expect.stringContaining(`${role} on Microsoft Graph`) },
    ]);
    expect(of('roles')[0]?.remedy?.['az']).toMatch(/^az rest --method DELETE .*\/appRoleAssignments\/[\w-]+'$/);
    expect(allowed.of('roles')).toMatchObject([{ level: 'ok' }]);
  });

  it('tells a refused secret by the code of Entra, and how to get a new one', async () => {
    const { code, of } = await examined({ AZURE_CLIENT_SECRET: 'wrong-but-secret' });

    expect(code).toBe(2);
    expect(of('token')).toMatchObject([
      { level: 'fail', message: expect.stringContaining('AADSTS7000215'), remedy: { az: expect.any(String) } },
    ]);
  });

  it('finds another log key than the log was begun with', async () => {
    const file = join(interlock.folder, 'another.pem');
    writeFileSync(file, LogKey.generatePem());

    expect((await examined({ INTERLOCK_LOG_KEY_FILE: file })).of('log-head')).toMatchObject([
      { level: 'fail', code: 'log_key_mismatch' },
    ]);
  });

  it('finds another disclosure key than the one under which the database keeps personal fields', async () => {
    const file = join(interlock.folder, 'another-disclosure-key');
    writeFileSync(file, DisclosureKey.generate());
    const { of, code } = await examined({ INTERLOCK_DISCLOSURE_KEY_FILE: file });

    expect(of('disclosure-key').map((finding) => finding.code)).toEqual(['ok', 'disclosure_key_mismatch']);
    expect(code).toBe(2);
  });

  it('finds that the console is registered as it must be, without a right over its registration', async () => {
    const { of } = await examined(consoleSettings);

    expect(of('console').map(({ level, message }) => [level, message])).toEqual([
      ['ok', `Entra leads back to ${consoleUrl}/session/callback`],
      ['ok', `Entra leads back to ${consoleUrl}/`],
      ['ok', expect.stringContaining('logout tokens are not offered')],
    ]);
  });

  it('finds each address of the console that is not registered, and tells how to register them', async () => {
    const url = 'https://elsewhere.example';
    const { code, of } = await examined({ ...consoleSettings, INTERLOCK_CONSOLE_URL: url });
    const az = `az ad app update --id ${ids.console.appId} --web-redirect-uris '${url}/session/callback' '${url}/'`;

    expect(code).toBe(2);
    expect(of('console').filter(({ level }) => level === 'fail')).toMatchObject([
      { code: 'redirect_uri_missing', message: expect.stringContaining(`${url}/session/callback is`), remedy: { az } },
      { code: 'redirect_uri_missing', message: expect.stringContaining(`${url}/ is`), remedy: { az } },
    ]);
  });

  it('finds that the tenant has no registration of the console', async () => {
    const { of } = await examined({ ...consoleSettings, INTERLOCK_CONSOLE_CLIENT_ID: ids.user });

    expect(of('console').map((finding) => finding.code)).toEqual([
      'registration_missing',
      'registration_missing',
      'ok',
    ]);
  });

  it('before the first start says what is not there yet, and makes none of it', async () => {
    const folder = join(interlock.folder, 'new');
    const { of } = await examined({
      DATABASE_URL: `sqlite:${join(folder, 'new.db')}`,
      INTERLOCK_LOG_KEY_FILE: join(folder, 'key.pem'),
      INTERLOCK_DISCLOSURE_KEY_FILE: join(folder, 'disclosure-key'),
    });
    const codes = [...of('store'), ...of('log-key'), ...of('disclosure-key')].map(({ code }) => code);

    expect(codes).toEqual(['store_absent', 'log_key_absent', 'disclosure_key_absent']);
    expect(existsSync(folder)).toBe(false);
  });

  it('tells all mistakes of the configuration, the policy and the key at once, never with a value', async () => {
    const policy = join(interlock.folder, 'broken.yaml');
    writeFileSync(policy, 'version: 1\nrules:\n  - id: x\n    effect: allow\n    colour: blue-secret\n');
    const { code, findings } = await examined({ AZURE_TENANT_ID: 'contoso-secret', INTERLOCK_POLICY: policy });
    const failed = new Set(findings.filter(({ level }) => level === 'fail').map(({ check }) => check));

    expect(code).toBe(2);
    expect([...failed]).toEqual(['configuration', 'policy']);
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  it('tells why Entra and Graph cannot be reached', async () => {
    const { of } = await examined({
      AZURE_AUTHORITY_HOST: 'https://localhost:1',
      GRAPH_BASE_URL: 'https://localhost:1',
    });

    expect(of('authority')).toMatchObject([{ level: 'fail', message: expect.stringContaining('ECONNREFUSED') }]);
    expect(of('graph')).toMatchObject([{ level: 'fail', message: expect.stringContaining('ECONNREFUSED') }]);
  });

  it('prints for people one line per finding and the commands below it, and never a secret', async () => {
    const { out } = await command();

    expect(out).toMatch(/^ok {4}configuration .*\n/);
    expect(out).toMatch(/^warn {2}ownership .*\n {6}az: {9}az rest .*\n {6}PowerShell: New-Mg/m);
    expect(out).toMatch(/0 failures, 1 warnings, \d+ ok\n$/);
    expect(out).not.toContain(interlockSecret);
  });
});

describe('a broker', () => {
  it('with a role too many is not ready and says which; the same broker with it allowed is', async () => {
    interlock.cloud.grantRole({ role: 'Directory.Read.All' });
    const [refusing, allowing] = await Promise.all([
      interlock.broker({ DATABASE_URL: `sqlite:${join(interlock.folder, 'refusing.db')}` }),
      interlock.broker({
        DATABASE_URL: `sqlite:${join(interlock.folder, 'allowing.db')}`,
        INTERLOCK_ALLOWED_GRAPH_ROLES: 'Application.ReadWrite.OwnedBy,Directory.Read.All',
      }),
    ]);
    const { status, data } = await call(`${refusing.url}/health/ready`);

    expect([status, data]).toMatchObject([
      503,
      {
        status: 'not_ready',
        checks: { credential: { status: 'failed', detail: expect.stringMatching(/Directory\.Read\.All$/) } },
      },
    ]);
    expect((await call(`${allowing.url}/health/ready`)).status).toBe(200);
  });

  it('that does not own all of the policy is ready, with a warning that names the service principal', async () => {
    const { status, data } = await call(`${broker.url}/health/ready`);

    expect(status).toBe(200);
    expect(data).toMatchObject({
      checks: {
        credential: { status: 'ok' },
        ownership: { status: 'warning', detail: `does not own ${jobs.notOwned.servicePrincipalId}` },
      },
    });
  });
});
