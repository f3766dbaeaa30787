import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { clientOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { ids } from '../world/default-world.ts';

describe("a caller's token", () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ clock: () => now });
    await simulator.rotateKeys();
  });
  afterAll(() => simulator.close());

  const claimsOf = async (request: Parameters<Simulator['mintToken']>[0]) =>
    decodeJwt<Record<string, unknown>>(await simulator.mintToken(request));
  const verified = async (token: string) => {
    const { data } = await clientOf(simulator).get<JSONWebKeySet>(`/${ids.tenant}/discovery/v2.0/keys`);
    return jwtVerify(token, createLocalJWKSet(data), { currentDate: new Date(now) });
  };

  it('is by default a sound v2.0 token of an application with its granted roles', async () => {
    const token = await simulator.mintToken();
    const { payload, protectedHeader } = await verified(token);
    expect(protectedHeader).toMatchObject({ typ: 'JWT', alg: 'RS256' });
    expect(payload).toMatchObject({
      aud: ids.interlock.appId,
      iss: `https://login.microsoftonline.com/${ids.tenant}/v2.0`,
      azp: ids.hrPortal.appId,
      oid: ids.hrPortal.principalId,
      sub: ids.hrPortal.principalId,
      idtyp: 'app',
      roles: ['Jobs.Read', 'Jobs.Pause'],
      ver: '2.0',
      exp: now / 1000 + 4500,
    });
    expect(payload).not.toHaveProperty('scp');
  });

  it('in v1.0 has appid, the App ID URI as audience and x5t', async () => {
    const token = await simulator.mintToken({ version: 1 });
    expect(decodeJwt(token)).toMatchObject({
      aud: 'api://interlock',
      iss: `https://sts.windows.net/${ids.tenant}/`,
      appid: ids.hrPortal.appId,
      ver: '1.0',
    });
    expect(decodeProtectedHeader(token)).toHaveProperty('x5t', decodeProtectedHeader(token).kid);
    expect(decodeJwt(token)).not.toHaveProperty('azp');
  });

  it('of a user has scopes, a pairwise subject and directory roles', async () => {
    const wids = ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2'];
    const claims = await claimsOf({ kind: 'user', scopes: ['Jobs.Read'], roles: ['Jobs.Approve'], wids });
    expect(claims).toMatchObject({ scp: 'Jobs.Read', roles: ['Jobs.Approve'], wids, oid: ids.user, idtyp: 'user' });
    expect(claims['sub']).not.toBe(claims['oid']);
  });

  it('replaces too many groups by a pointer', async () => {
    const claims = await claimsOf({ kind: 'user', groups: 'overage' });
    expect(claims).toMatchObject({ _claim_names: { groups: 'src1' } });
    expect(claims).not.toHaveProperty('groups');
    expect(await claimsOf({ kind: 'user', groups: [ids.user] })).toMatchObject({ groups: [ids.user] });
  });

  it('as an id token proves a sign-in and no right', async () => {
    const claims = await claimsOf({ kind: 'id-token' });
    expect(claims).toMatchObject({ aud: ids.interlock.appId, nonce: expect.any(String) as string });
    for (const right of ['scp', 'roles', 'azp', 'idtyp']) expect(claims).not.toHaveProperty(right);
  });

  it('takes any claim and header, and leaves any out', async () => {
    const token = await simulator.mintToken({
      claims: { tid: ids.otherTenant },
      omit: ['uti', 'roles'],
      header: { typ: 'at+jwt', kid: 'no-such-key' },
      omitHeader: ['alg'],
    });
    expect(decodeJwt(token)).toMatchObject({ tid: ids.otherTenant });
    for (const claim of ['uti', 'roles']) expect(decodeJwt(token)).not.toHaveProperty(claim);
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'at+jwt', kid: 'no-such-key' });
  });

  it('shifts its times as asked', async () => {
    const claims = await claimsOf({ issuedIn: -100, notBeforeIn: 30, expiresIn: -5 });
    expect(claims).toMatchObject({ iat: now / 1000 - 100, nbf: now / 1000 + 30, exp: now / 1000 - 5 });
  });

  it.each([
    ['Graph', { audience: 'graph' }, { aud: 'https://graph.microsoft.com' }],
    ['the Graph of another cloud', { audience: 'graph', cloud: 'dod' }, { aud: 'https://dod-graph.microsoft.us' }],
    ['China', { cloud: 'china' }, { iss: `https://login.partner.microsoftonline.cn/${ids.tenant}/v2.0` }],
    [
      'the tenant of personal accounts',
      { tenant: '9188040d-6c67-4c5b-b112-36a304b66dad' },
      { tid: '9188040d-6c67-4c5b-b112-36a304b66dad' },
    ],
  ] as const)('can be made for %s, well signed', async (_what, request, claims) => {
    const token = await simulator.mintToken(request);
    expect((await verified(token)).payload).toMatchObject(claims);
  });

  it.each([{ key: 'unknown' }, { key: 'other-tenant' }, { key: 'retired' }] as const)(
    'signed with the key %p is not verifiable',
    async (request) => {
      await expect(verified(await simulator.mintToken(request))).rejects.toThrow('no applicable key found');
    },
  );

  it.each(['HS256', 'ES256', 'none'] as const)('with the algorithm %s is not verifiable', async (algorithm) => {
    const token = await simulator.mintToken({ algorithm });
    expect(decodeProtectedHeader(token).alg).toBe(algorithm);
    await expect(verified(token)).rejects.toThrow();
  });

  it('with PS256 has a signature that is right and an algorithm that Entra does not use', async () => {
    const token = await simulator.mintToken({ algorithm: 'PS256' });
    expect((await verified(token)).protectedHeader.alg).toBe('PS256');
  });
});
