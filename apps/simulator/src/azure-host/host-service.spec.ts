import axios from 'axios';
import { decodeJwt } from 'jose';
import { type Simulator, startSimulator } from '../simulator.ts';
import { ids } from '../world/default-world.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const graph = 'https://graph.microsoft.com';
type Parameters = Readonly<Record<string, string>>;
interface TokenReply {
  readonly access_token: string;
  readonly expires_on: string;
}

function ask(url: string, params: Parameters, headers: Parameters) {
  return axios.get<TokenReply>(url, { params, headers, validateStatus: () => true, proxy: false });
}

function appService(change: Parameters = {}, header = simulator.managedIdentity.appService.IDENTITY_HEADER) {
  const params = { 'api-version': '2019-08-01', resource: graph, client_id: ids.managedIdentityClient, ...change };
  return ask(simulator.managedIdentity.appService.IDENTITY_ENDPOINT, params, { 'x-identity-header': header });
}

function imds(change: Parameters = {}, headers: Parameters = { metadata: 'true' }) {
  const params = { 'api-version': '2018-02-01', resource: graph, client_id: ids.managedIdentityClient, ...change };
  const host = simulator.managedIdentity.virtualMachine.AZURE_POD_IDENTITY_AUTHORITY_HOST;
  return ask(`${host}/metadata/identity/oauth2/token`, params, headers);
}

describe.each([
  ['App Service', appService],
  ['IMDS', imds],
])('the managed identity endpoint of %s', (_, endpoint) => {
  it('gives a Graph token of the identity', async () => {
    const { status, data } = await endpoint();

    expect([status, data]).toEqual([
      200,
      expect.objectContaining({ client_id: ids.managedIdentityClient, resource: graph, token_type: 'Bearer' }),
    ]);
    const claims = decodeJwt(data.access_token);
    expect(claims).toMatchObject({ appid: ids.managedIdentityClient, oid: ids.managedIdentity, aud: graph });
    expect(data.expires_on).toBe(String(claims.exp));
  });

  it('gives an assertion that stands for an application which trusts the identity', async () => {
    const { data } = await endpoint({ resource: 'api://AzureADTokenExchange' });

    expect(decodeJwt(data.access_token)).toMatchObject({
      iss: `https://login.microsoftonline.com/${ids.tenant}/v2.0`,
      sub: ids.managedIdentity,
      aud: 'api://AzureADTokenExchange',
    });
  });

  it('refuses an identity that the host does not have', async () => {
    expect((await endpoint({ client_id: ids.hrPortal.appId })).status).toBe(400);
  });

  it('refuses a resource that the tenant does not have', async () => {
    const { status, data } = await endpoint({ resource: 'https://nowhere.example' });

    expect([status, JSON.stringify(data)]).toEqual([400, expect.stringContaining('AADSTS500011')]);
  });
});

it('keeps the endpoint of App Service to those who know its header', async () => {
  expect((await appService({}, 'wrong')).status).toBe(401);
});

it('keeps IMDS to requests that a forwarded one cannot imitate', async () => {
  const { status, data } = await imds({}, {});

  expect([status, data]).toEqual([400, expect.objectContaining({ error: 'bad_request_102' })]);
});

it('writes requests for tokens into the journal, without the header that opens the endpoint', async () => {
  simulator.clearJournal();
  await appService();

  const [entry] = simulator.journal({ service: 'azure-host' });
  expect(entry).toMatchObject({ operation: 'app-service-token', status: 200, dangerous: false });
  expect(entry?.headers['x-identity-header']).toMatch(/^sha256:/);
});
