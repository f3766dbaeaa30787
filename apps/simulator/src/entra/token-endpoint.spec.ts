import type { AxiosInstance } from 'axios';
import { createPrivateKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importX509, jwtVerify, SignJWT } from 'jose';
import { withHashedNonce } from '../keys/json-web-token.ts';
import { createRsaIdentity } from '../keys/identity.ts';
import { thumbprintsOf } from '../keys/signing-key.ts';
import { clientOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { hrPortalSecret, ids, interlockSecret } from '../world/default-world.ts';
import { assertionType } from './client-credential.ts';
import { managedIdentityAssertion } from './federated-assertion.ts';

interface TokenReply {
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_in?: number;
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
}

const graphScope = 'https://graph.microsoft.com/.default';
const good = {
  grant_type: 'client_credentials',
  client_id: ids.interlock.appId,
  client_secret: interlockSecret,
  scope: graphScope,
};

describe('the token endpoint', () => {
  let now: number;
  let simulator: Simulator;
  let client: AxiosInstance;

  beforeAll(async () => {
    simulator = await startSimulator({ clock: () => now });
    client = clientOf(simulator);
  });
  afterAll(() => simulator.close());
  beforeEach(() => {
    now = Date.now();
    simulator.reset();
  });

  const ask = async (form: Readonly<Record<string, string | undefined>>, tenant: string = ids.tenant) => {
    const given = Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return client.post<TokenReply>(`/${tenant}/oauth2/v2.0/token`, new URLSearchParams(given));
  };
  const asserted = (assertion: string) => ({
    ...good,
    client_secret: undefined,
    client_assertion_type: assertionType,
    client_assertion: assertion,
  });

  it('gives a v1.0 token for Graph with the granted app roles', async () => {
    const { status, data } = await ask(good);
    expect(status).toBe(200);
    expect(data).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
    expect(data).not.toHaveProperty('refresh_in');
    const issuedAt = Math.floor(now / 1000);
    expect(decodeJwt(data.access_token)).toMatchObject({
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${ids.tenant}/`,
      appid: ids.interlock.appId,
      oid: ids.interlock.principalId,
      sub: ids.interlock.principalId,
      roles: ['Application.ReadWrite.OwnedBy'],
      idtyp: 'app',
      ver: '1.0',
      iat: issuedAt,
      exp: issuedAt + 3599,
    });
  });

  it('signs tokens for Graph so that no one else can verify them', async () => {
    const { data } = await ask(good);
    const jwks = await client.get<{ keys: { kid: string; x5c: string[] }[] }>(`/${ids.tenant}/discovery/keys`);
    const published = jwks.data.keys.find(({ kid }) => kid === decodeProtectedHeader(data.access_token).kid)!;
    const key = await importX509(
      `-----BEGIN CERTIFICATE-----\n${published.x5c[0]!}\n-----END CERTIFICATE-----`,
      'RS256',
    );
    await expect(jwtVerify(data.access_token, key)).rejects.toThrow('signature verification failed');
    await expect(jwtVerify(withHashedNonce(data.access_token), key)).resolves.toBeDefined();
  });

  it('gives a v2.0 token for our own API, without roles when none were granted', async () => {
    const scope = 'api://interlock/.default';
    const hr = await ask({ ...good, client_id: ids.hrPortal.appId, client_secret: hrPortalSecret, scope });
    expect(decodeJwt(hr.data.access_token)).toMatchObject({
      aud: ids.interlock.appId,
      iss: `https://login.microsoftonline.com/${ids.tenant}/v2.0`,
      azp: ids.hrPortal.appId,
      roles: ['Jobs.Read', 'Jobs.Pause'],
      ver: '2.0',
    });
    const stranger = { client_id: ids.stranger.appId, client_secret: 'stranger-simulation-only' };
    const { data } = await ask({ ...good, ...stranger, scope });
    expect(decodeJwt(data.access_token)).not.toHaveProperty('roles');
  });

  it('adds refresh_in only to tokens that live for more than two hours', async () => {
    simulator.setTokenLifetime({ seconds: 86_400 });
    const { data } = await ask(good);
    simulator.setTokenLifetime({ seconds: 3599 });
    expect([data.expires_in, data.refresh_in]).toEqual([86_400, 43_200]);
  });

  it('takes the tenant by its domain and the client by HTTP Basic', async () => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', scope: graphScope });
    const auth = { username: ids.interlock.appId, password: interlockSecret };
    expect((await client.post('/contoso.example/oauth2/v2.0/token', form, { auth })).status).toBe(200);
  });

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, 401, 7000215, 'invalid_client'],
    ['no credential', { client_secret: undefined }, 401, 7000218, 'invalid_client'],
    ['an unknown app', { client_id: ids.user }, 400, 700016, 'unauthorized_client'],
    [
      'an app without a service principal here',
      { client_id: ids.fabrikamOps.appId },
      400,
      700016,
      'unauthorized_client',
    ],
    ['two scopes', { scope: `${graphScope} api://interlock/.default` }, 400, 70011, 'invalid_scope'],
    ['a scope without .default', { scope: 'https://graph.microsoft.com/User.Read' }, 400, 1002012, 'invalid_scope'],
    ['an unknown resource', { scope: 'https://nowhere.example/.default' }, 400, 500011, 'invalid_resource'],
    ["another cloud's Graph", { scope: 'https://graph.microsoft.us/.default' }, 400, 500011, 'invalid_resource'],
    ['no scope', { scope: undefined }, 400, 900144, 'invalid_request'],
    ['no grant type', { grant_type: undefined }, 400, 900144, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 400, 70003, 'unsupported_grant_type'],
  ])('refuses %s', async (_what, change, status, code, error) => {
    const reply = await ask({ ...good, ...change });
    expect(reply.status).toBe(status);
    expect(reply.data).toMatchObject({
      error,
      error_codes: [code],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/) as string,
      trace_id: expect.any(String) as string,
      correlation_id: expect.any(String) as string,
    });
    expect(reply.data.error_description).toMatch(new RegExp(`^AADSTS${code}: `));
  });

  it.each([
    ['unknown', ids.user, 90002],
    ['common', 'common', 50059],
  ])('refuses the %s tenant', async (_what, tenant, code) => {
    expect((await ask(good, tenant)).data.error_codes).toEqual([code]);
  });

  it('refuses a secret from the moment it expires, and takes a new one', async () => {
    simulator.expireSecret();
    expect((await ask(good)).data.error_codes).toEqual([7000222]);
    const client_secret = simulator.rotateSecret();
    expect((await ask({ ...good, client_secret })).status).toBe(200);
    expect((await ask(good)).data.error_codes).toEqual([7000215]);
  });

  describe('with a certificate assertion', () => {
    const sign = async (
      change: { header?: object; claims?: object; expiresIn?: number; identity?: Simulator['clientIdentity'] } = {},
    ) => {
      const { certificate } = simulator.clientIdentity;
      const { privateKey } = change.identity ?? simulator.clientIdentity;
      const claims = { iss: ids.interlock.appId, sub: ids.interlock.appId, jti: 'one', ...change.claims };
      return new SignJWT({ aud: `${simulator.url}/${ids.tenant}/oauth2/v2.0/token`, ...claims })
        .setProtectedHeader({ alg: 'PS256', 'x5t#S256': thumbprintsOf(certificate).sha256, ...change.header })
        .setExpirationTime(Math.floor(now / 1000) + (change.expiresIn ?? 300))
        .sign(createPrivateKey(privateKey));
    };

    it.each(['PS256', 'RS256'])('takes one that is signed with %s by the registered certificate', async (alg) => {
      const x5t = thumbprintsOf(simulator.clientIdentity.certificate).sha1;
      const assertion = await sign({ header: { alg, 'x5t#S256': undefined, x5t } });
      const { status, data } = await ask(asserted(assertion));
      expect(status).toBe(200);
      expect(decodeJwt(data.access_token)).toMatchObject({ appidacr: '2' });
    });

    it('refuses one that another key signed', async () => {
      const assertion = await sign({ identity: await createRsaIdentity('impostor') });
      expect((await ask(asserted(assertion))).data.error_codes).toEqual([700027]);
    });

    it.each([
      ['names an unknown certificate', { header: { 'x5t#S256': 'AAAA' } }, 700027],
      ['has expired', { expiresIn: -301 }, 700024],
      ['is for another audience', { claims: { aud: 'https://elsewhere.example/' } }, 700023],
      ['is about another application', { claims: { sub: ids.hrPortal.appId } }, 700021],
      ['has no jti', { claims: { jti: undefined } }, 50027],
    ])('refuses one that %s', async (_what, change, code) => {
      expect((await ask(asserted(await sign(change)))).data.error_codes).toEqual([code]);
    });

    it('refuses text that is no JWT', async () => {
      expect((await ask(asserted('nonsense'))).data.error_codes).toEqual([50027]);
    });
  });

  describe('with a federated assertion', () => {
    it.each([
      ['a workload', {}],
      ['a managed identity', managedIdentityAssertion],
    ])('takes that of %s', async (_what, request) => {
      expect((await ask(asserted(await simulator.mintFederatedAssertion(request)))).status).toBe(200);
    });

    it.each([
      ['of another subject', { subject: 'system:serviceaccount:Interlock:interlock' }, 70021],
      ['of another issuer', { issuer: 'https://oidc.other.example/' }, 70021],
      ['for another audience', { audience: 'api://interlock' }, 70021],
      ['that has expired', { expiresIn: -301 }, 700024],
      ['signed with an unknown key', { key: 'unknown' }, 700027],
    ] as const)('refuses one %s', async (_what, request, code) => {
      const { data } = await ask(asserted(await simulator.mintFederatedAssertion(request)));
      expect(data.error_codes).toEqual([code]);
    });
  });
});
