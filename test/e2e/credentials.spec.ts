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
  // Callers share a failure for a while, so that the first one may be told of the last.
  while (!broker.output().includes(entraCode)) {
    await pause(broker);
    await breath();
  }
  const reply = await pause(broker);

  expect([reply.status, reply.code]).toEqual([503, 'credential_unavailable']);
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  expect(JSON.stringify([reply.data, reply.headers])).not.toMatch(/AADSTS|invalid_client/);
  expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
}

describe('a client secret', () => {
  it('that is wrong or expired is a 503, with the AADSTS code in our log only; a good one opens Graph', async () => {
    interlock.cloud.expireSecret();
    const broker = await interlock.broker();
    await expectRefusal(broker, 'AADSTS7000222');
    interlock.cloud.rotateSecret();
    await expectRefusal(broker, 'AADSTS7000215');

    interlock.cloud.reset();

    await expectRecovery(broker);
    expect(presented()).toEqual([interlockSecret]);
    expect(claims()).toMatchObject({ appid: ids.interlock.appId, appidacr: '1' });
  });
});

describe('a certificate', () => {
  const environment = (path: string) => ({
    INTERLOCK_CREDENTIAL: 'certificate',
    AZURE_CLIENT_SECRET: '',
    AZURE_CLIENT_CERTIFICATE_PATH: path,
  });

  it('is a 503 while its file is away or it is not registered; a rotated one is picked up without a restart', async () => {
    const { clientIdentity } = interlock.cloud;
    const file = pemFile(clientIdentity);
    rmSync(file);
    const registered = await interlock.cloud.rotateCertificate();
    const broker = await interlock.broker(environment(file));
    expect((await pause(broker)).status).toBe(503);
    pemFile(clientIdentity);
    await expectRefusal(broker, 'AADSTS700027');

    pemFile(registered);

    await expectRecovery(broker);
    pemFile(await interlock.cloud.rotateCertificate());
    makeRenew();

    expect((await pause(broker)).status).toBe(204);
    const [unknown, before, after] = presented().map((assertion) => decodeProtectedHeader(assertion)['x5t#S256']);
    expect(presented()).toHaveLength(3);
    expect(before).not.toBe(unknown);
    expect(after).not.toBe(before);
    expect(claims()).toMatchObject({ appid: ids.interlock.appId, appidacr: '2' });
  });
});

describe('a workload identity', () => {
  const environment = (file: string) => ({
    INTERLOCK_CREDENTIAL: 'workload-identity',
    AZURE_CLIENT_SECRET: '',
    AZURE_FEDERATED_TOKEN_FILE: file,
  });

  it('is a 503 while the application does not trust it; a rotated token file is picked up without a restart', async () => {
    const foreign = await interlock.cloud.mintFederatedAssertion({ subject: 'system:serviceaccount:other:other' });
    const broker = await interlock.broker(environment(tokenFile(foreign)));
    await expectRefusal(broker, 'AADSTS70021');

    const first = await interlock.cloud.mintFederatedAssertion();
    tokenFile(first);
    await expectRecovery(broker);

    const second = await interlock.cloud.mintFederatedAssertion();
    tokenFile(second);
    makeRenew();

    expect((await pause(broker)).status).toBe(204);
    expect(presented()).toEqual([foreign, first, second]);
    expect(claims()).toMatchObject({ appid: ids.interlock.appId, appidacr: '2' });
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

/** Asks again, as a caller would, until the broker serves; the suite's timeout is what ends a broker that never does. */
async function expectRecovery(broker: BrokerProcess): Promise<void> {
  let reply = await pause(broker);
  while (reply.status === 503) {
    await breath();
    reply = await pause(broker);
  }
  expect(reply.status).toBe(204);
}
