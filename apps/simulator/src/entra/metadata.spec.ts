import type { AxiosInstance } from 'axios';
import { clientOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { ids } from '../world/default-world.ts';

interface Metadata {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly token_endpoint: string;
  readonly msgraph_host: string;
}
interface KeySet {
  readonly keys: readonly { readonly kid: string; readonly x5t: string; readonly issuer?: string }[];
}

describe('the metadata of Entra', () => {
  let simulator: Simulator;
  let client: AxiosInstance;

  beforeAll(async () => {
    simulator = await startSimulator();
    client = clientOf(simulator);
  });
  afterAll(() => simulator.close());

  const at = (host: string) => `https://${host}:${new URL(simulator.url).port}`;
  const tenant = ids.tenant;

  it.each([
    ['localhost', `https://login.microsoftonline.com/${tenant}/v2.0`, `https://sts.windows.net/${tenant}/`],
    [
      'login.microsoftonline.com',
      `https://login.microsoftonline.com/${tenant}/v2.0`,
      `https://sts.windows.net/${tenant}/`,
    ],
    [
      'login.microsoftonline.us',
      `https://login.microsoftonline.us/${tenant}/v2.0`,
      `https://sts.windows.net/${tenant}/`,
    ],
    [
      'login.chinacloudapi.cn',
      `https://login.partner.microsoftonline.cn/${tenant}/v2.0`,
      `https://sts.chinacloudapi.cn/${tenant}/`,
    ],
    [
      'login.partner.microsoftonline.cn',
      `https://login.partner.microsoftonline.cn/${tenant}/v2.0`,
      `https://sts.chinacloudapi.cn/${tenant}/`,
    ],
  ])('at %s has the real issuers and endpoints where the client came in', async (host, second, first) => {
    const v2 = await client.get<Metadata>(`${at(host)}/${tenant}/v2.0/.well-known/openid-configuration`);
    const v1 = await client.get<Metadata>(`${at(host)}/${tenant}/.well-known/openid-configuration`);
    expect([v2.data.issuer, v1.data.issuer]).toEqual([second, first]);
    expect(v2.data.jwks_uri).toBe(`${at(host)}/${tenant}/discovery/v2.0/keys`);
    expect(v1.data.jwks_uri).toBe(`${at(host)}/${tenant}/discovery/keys`);
    expect(v2.data.token_endpoint).toBe(`${at(host)}/${tenant}/oauth2/v2.0/token`);
  });

  it('has the template of the issuer for common', async () => {
    const { data } = await client.get<Metadata>('/common/v2.0/.well-known/openid-configuration');
    expect(data.issuer).toBe('https://login.microsoftonline.com/{tenantid}/v2.0');
  });

  it('names the issuer of a key only in v2.0', async () => {
    const [v1, v2] = await Promise.all([
      client.get<KeySet>(`/${tenant}/discovery/keys`),
      client.get<KeySet>(`/${tenant}/discovery/v2.0/keys`),
    ]);
    const { issuer, ...key } = v2.data.keys[0]!;
    expect(v1.data.keys).toEqual([key]);
    expect(issuer).toBe(`https://login.microsoftonline.com/${tenant}/v2.0`);
    expect(key.x5t).toBe(key.kid);
  });

  it('publishes an announced key before it signs and withdraws the old one when told', async () => {
    const kids = async () =>
      (await client.get<KeySet>(`/${tenant}/discovery/v2.0/keys`)).data.keys.map(({ kid }) => kid);
    const [first] = await kids();
    const next = await simulator.announceKey();
    expect(await kids()).toEqual([first, next]);
    expect(await simulator.rotateKeys({ retireOld: false })).toBe(next);
    expect(await kids()).toEqual([next, first]);
    const last = await simulator.rotateKeys();
    expect(await kids()).toEqual([last]);
  });

  it('serves a real host only with what lives there', async () => {
    const { status } = await client.get(`${at('graph.microsoft.com')}/${tenant}/discovery/keys`);
    expect(status).toBe(401);
    expect((await client.get(`${at('login.microsoftonline.com')}/v1.0/servicePrincipals`)).status).toBe(404);
  });

  it('lists the aliases of the authority in instance discovery', async () => {
    const { data } = await client.get<{ metadata: { aliases: string[] }[] }>(
      '/common/discovery/instance?api-version=1.1',
    );
    expect(data.metadata[0]?.aliases).toContain('login.windows.net');
  });

  it('refuses an unknown tenant', async () => {
    const { status, data } = await client.get<{ error_codes: number[] }>(
      `/${ids.user}/v2.0/.well-known/openid-configuration`,
    );
    expect([status, data.error_codes]).toEqual([400, [90002]]);
  });
});
