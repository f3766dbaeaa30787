import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { ids, interlockSecret, jobs } from '../../apps/simulator/src/world/default-world.ts';
import { breath } from '../support/breath.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';

let interlock: Interlock;
let caller: string;
beforeEach(async () => {
  interlock = await Interlock.start();
  caller = await interlock.hrPortal();
});
afterEach(() => interlock.stop());

const pause = (broker: BrokerProcess) =>
  call(broker.url + pausePath, { method: 'POST', token: caller, body: goodJustification });
/** Claims of the Graph token that was issued last. */
const claims = () => decodeJwt(interlock.cloud.credentials().issued.at(-1) ?? '');
const presented = () => interlock.cloud.credentials().presented;

/** Graph turns the present token away once, which makes the broker prove itself to Entra anew. */
function makeRenew(): void {
  const effect = { kind: 'error', status: 401, code: 'InvalidAuthenticationToken' } as const;
  interlock.cloud.injectFault({ match: { operation: 'job.pause' }, times: 1, effect });
}

function pemFile({ certificate, privateKey }: { certificate: string; privateKey: string }): string {
  const file = join(interlock.folder, 'interlock.pem');
  writeFileSync(file, certificate + privateKey);
  return file;
}

function tokenFile(assertion: string): string {
  const file = join(interlock.folder, 'federated-token');
  writeFileSync(file, assertion);
  return file;
}

async function expectRefusal(broker: BrokerProcess, entraCode: string): Promise<void> {
  interlock.cloud.clearJournal();
  const reply = await pause(broker);

  expect([reply.status, reply.code]).toEqual([503, 'credential_unavailable']);
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  expect(JSON.stringify([reply.data, reply.headers])).not.toMatch(/AADSTS|invalid_client/);
  expect(broker.output()).toContain(entraCode);
  expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
}

describe('a client secret', () => {
  it('opens Graph', async () => {
    const broker = await interlock.broker();

    expect((await pause(broker)).status).toBe(204);
    expect(presented()).toEqual([interlockSecret]);
    expect(claims()).toMatchObject({ appid: ids.interlock.appId, appidacr: '1' });
  });

  it('that is wrong or expired is a 503, with the AADSTS code in our log only', async () => {
    interlock.cloud.expireSecret();
    await expectRefusal(await interlock.broker(), 'AADSTS7000222');
    interlock.cloud.rotateSecret();
    await expectRefusal(await interlock.broker({ DATABASE_URL: otherDatabase() }), 'AADSTS7000215');
  });
});

describe('a certificate', () => {
  const environment = (path: string) => ({
    INTERLOCK_CREDENTIAL: 'certificate',
    AZURE_CLIENT_SECRET: '',
    AZURE_CLIENT_CERTIFICATE_PATH: path,
  });

  it('opens Graph, and a rotated one is picked up without a restart', async () => {
    const broker = await interlock.broker(environment(pemFile(interlock.cloud.clientIdentity)));
    expect((await pause(broker)).status).toBe(204);
    expect(claims()).toMatchObject({ appid: ids.interlock.appId, appidacr: '2' });

    pemFile(await interlock.cloud.rotateCertificate());
    makeRenew();

    expect((await pause(broker)).status).toBe(204);
    const [before, after] = presented().map((assertion) => decodeProtectedHeader(assertion)['x5t#S256']);
    expect(presented()).toHaveLength(2);
    expect(after).not.toBe(before);
  });

  it('that is no longer registered is a 503, with the AADSTS code in our log only', async () => {
    await interlock.cloud.rotateCertificate();

    await expectRefusal(await interlock.broker(environment(pemFile(interlock.cloud.clientIdentity))), 'AADSTS700027');
  });

  it('whose file has gone is a 503, until the file is back', async () => {
    const file = pemFile(interlock.cloud.clientIdentity);
    rmSync(file);
    const broker = await interlock.broker(environment(file));
    expect((await pause(broker)).status).toBe(503);

    pemFile(interlock.cloud.clientIdentity);

    await expectRecovery(broker);
  });
});

describe('a workload identity', () => {
  const environment = (file: string) => ({
    INTERLOCK_CREDENTIAL: 'workload-identity',
    AZURE_CLIENT_SECRET: '',
    AZURE_FEDERATED_TOKEN_FILE: file,
  });

  it('opens Graph, and a rotated token file is picked up without a restart', async () => {
    const first = await interlock.cloud.mintFederatedAssertion();
    const broker = await interlock.broker(environment(tokenFile(first)));
    expect((await pause(broker)).status).toBe(204);

    const second = await interlock.cloud.mintFederatedAssertion();
    tokenFile(second);
    makeRenew();

    expect((await pause(broker)).status).toBe(204);
    expect(presented()).toEqual([first, second]);
    expect(claims()).toMatchObject({ appid: ids.interlock.appId, appidacr: '2' });
  });

  it('that the application does not trust is a 503, with the AADSTS code in our log only', async () => {
    const assertion = await interlock.cloud.mintFederatedAssertion({ subject: 'system:serviceaccount:other:other' });

    await expectRefusal(await interlock.broker(environment(tokenFile(assertion))), 'AADSTS70021');
  });
});

describe.each([
  ['App Service', 'app-service-token', () => ({ ...interlock.cloud.managedIdentity.appService })],
  ['a virtual machine', 'imds-token', () => ({ ...interlock.cloud.managedIdentity.virtualMachine })],
] as const)('a managed identity on %s', (_, operation, host) => {
  const asked = () => interlock.cloud.journal({ service: 'azure-host' });

  it('opens Graph as a principal of its own, without Entra hearing from us', async () => {
    interlock.cloud.grantRole({ principal: ids.managedIdentity, role: 'Application.ReadWrite.OwnedBy' });
    interlock.cloud.grantOwnership({ principal: jobs.hrInbound.servicePrincipalId, owner: ids.managedIdentity });
    const broker = await interlock.broker({
      ...host(),
      INTERLOCK_CREDENTIAL: 'managed-identity',
      AZURE_CLIENT_SECRET: '',
      AZURE_CLIENT_ID: ids.managedIdentityClient,
    });

    expect((await pause(broker)).status).toBe(204);
    expect(claims()).toMatchObject({ appid: ids.managedIdentityClient, oid: ids.managedIdentity });
    expect(asked()).toMatchObject([{ operation, status: 200 }]);
    expect(interlock.cloud.journal({ operation: 'token' })).toEqual([]);
  });

  it('stands for the app registration as federated identity', async () => {
    const broker = await interlock.broker({
      ...host(),
      INTERLOCK_CREDENTIAL: 'federated-identity',
      AZURE_CLIENT_SECRET: '',
      INTERLOCK_IDENTITY_CLIENT_ID: ids.managedIdentityClient,
    });

    expect((await pause(broker)).status).toBe(204);
    expect(asked()).toMatchObject([{ operation, status: 200 }]);
    expect(decodeJwt(presented()[0] ?? '')).toMatchObject({
      sub: ids.managedIdentity,
      aud: 'api://AzureADTokenExchange',
    });
    expect(claims()).toMatchObject({ appid: ids.interlock.appId, appidacr: '2' });
  });

  it('that the host does not have is a 503', async () => {
    const broker = await interlock.broker({
      ...host(),
      INTERLOCK_CREDENTIAL: 'managed-identity',
      AZURE_CLIENT_SECRET: '',
      AZURE_CLIENT_ID: ids.hrPortal.appId,
    });
    await expectRefusal(broker, 'credential_unavailable');
  });
});

function otherDatabase(): string {
  return `sqlite:${join(interlock.folder, 'other.db')}`;
}

/** Asks again, as a caller would, until the broker serves; the suite's timeout is what ends a broker that never does. */
async function expectRecovery(broker: BrokerProcess): Promise<void> {
  let reply = await pause(broker);
  while (reply.status === 503) {
    await breath();
    reply = await pause(broker);
  }
  expect(reply.status).toBe(204);
}
