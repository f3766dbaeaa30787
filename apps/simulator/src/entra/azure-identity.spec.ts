import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Simulator, startSimulator } from '../simulator.ts';
import { ids, interlockSecret } from '../world/default-world.ts';

/** Runs in a process of its own, because NODE_EXTRA_CA_CERTS is read once, at its start. */
const script = `
  import { ClientAssertionCredential, ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
  const { tenant, client, secret, certificate, assertion, authorityHost } = JSON.parse(process.argv[1]);
  const options = { authorityHost, disableInstanceDiscovery: true };
  const credentials = {
    secret: new ClientSecretCredential(tenant, client, secret, options),
    certificate: new ClientCertificateCredential(tenant, client, { certificate }, options),
    federated: new ClientAssertionCredential(tenant, client, async () => assertion, options),
    wrongSecret: new ClientSecretCredential(tenant, client, 'wrong', options),
  };
  const results = {};
  for (const [name, credential] of Object.entries(credentials)) {
    try {
      const { token, expiresOnTimestamp } = await credential.getToken('https://graph.microsoft.com/.default');
      const { appid, appidacr } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
      results[name] = { appid, appidacr, lives: expiresOnTimestamp > Date.now() };
    } catch (error) {
      results[name] = { error: error.name, code: /AADSTS\\d+/.exec(error.message)?.[0] };
    }
  }
  console.log(JSON.stringify(results));
`;

describe('@azure/identity against the simulator', () => {
  let simulator: Simulator;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-'));
    simulator = await startSimulator({ caFile: join(directory, 'ca.pem') });
  });
  afterAll(async () => {
    await simulator.close();
    await rm(directory, { recursive: true });
  });

  it('gets tokens by secret, by certificate and by federation, and is told of a wrong secret', async () => {
    const { certificate, privateKey } = simulator.clientIdentity;
    const input = {
      tenant: ids.tenant,
      client: ids.interlock.appId,
      secret: interlockSecret,
      certificate: certificate + privateKey,
      assertion: await simulator.mintFederatedAssertion(),
      authorityHost: simulator.url,
    };
    const args = ['--input-type=module', '--eval', script, JSON.stringify(input)];
    const env = { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: join(directory, 'ca.pem') };
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    const token = { appid: ids.interlock.appId, lives: true };
    expect(JSON.parse(stdout)).toEqual({
      secret: { ...token, appidacr: '1' },
      certificate: { ...token, appidacr: '2' },
      federated: { ...token, appidacr: '2' },
      wrongSecret: { error: 'AuthenticationRequiredError', code: 'AADSTS7000215' },
    });
  });

  it('keeps the same authority and keys when it starts again with the same key directory', async () => {
    const keyDirectory = join(directory, 'keys');
    const first = await startSimulator({ keyDirectory });
    await first.close();
    const second = await startSimulator({ keyDirectory });
    await second.close();
    expect([second.caPem, second.clientIdentity]).toEqual([first.caPem, first.clientIdentity]);
  });
});
