import fc from 'fast-check';
import { FakeClock } from '#testing';
import {
  type Claims,
  type Kind,
  ourAppIdUri,
  ourClientId,
  ourTenant,
  TokenIssuer,
} from '../../../test/support/token-issuer.ts';
import { SigningKeys } from './signing-keys.ts';
import type { TokenVersion } from './token-origin.ts';
import { TokenVerifier } from './token-verifier.ts';

const clock = new FakeClock();
const issuer = new TokenIssuer(clock);
const keys = new SigningKeys(issuer.trusted, issuer.fetcher, clock);
const accepted = { audiences: [ourClientId, ourAppIdUri] };
const verifier = new TokenVerifier(accepted, keys, clock);

async function callerOf(version: TokenVersion, kind: Kind, change: Claims = {}) {
  return verifier.verify(`Bearer ${await issuer.mint(issuer.claims(version, kind, change))}`);
}

describe('TokenVerifier', () => {
  it('makes an application of an app-only token', async () => {
    const claims = issuer.claims('2.0', 'application', { uti: 'Zx9-uti' });
    const caller = await verifier.verify(`Bearer ${await issuer.mint(claims)}`);
    expect(caller).toEqual({
      kind: 'application',
      tenantId: ourTenant,
      objectId: claims['oid'],
      clientId: claims['azp'],
      roles: ['Jobs.Read', 'Jobs.Pause'],
      token: {
        issuer: issuer.issuer('2.0'),
        audience: ourClientId,
        version: '2.0',
        issuedAt: clock.now() - 60_000,
        expiresAt: clock.now() + 3_600_000,
        tokenIdHash: '995f9f464bdefbdca5fb6677993adccfb6c083bebd16a656983511f048fe3337',
        authenticationMethods: [],
      },
    });
  });

  it('makes a user of a delegated token, with directory roles but without what stands for none', async () => {
    const claims = issuer.claims('1.0', 'user', { acrs: ['c1', 'c2'], uti: undefined });
    const caller = await verifier.verify(`Bearer ${await issuer.mint(claims)}`);
    expect(caller).toEqual({
      kind: 'user',
      tenantId: ourTenant,
      objectId: claims['oid'],
      clientId: claims['appid'],
      roles: ['Jobs.Pause'],
      scopes: ['Jobs.Read', 'Jobs.Pause'],
      directoryRoles: ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2'],
      name: 'Ada Example',
      username: 'ada@contoso.example',
      token: {
        issuer: issuer.issuer('1.0'),
        audience: ourAppIdUri,
        version: '1.0',
        issuedAt: clock.now() - 60_000,
        expiresAt: clock.now() + 3_600_000,
        authenticationMethods: ['pwd', 'mfa'],
        authenticationContext: 'c1 c2',
      },
    });
  });

  it.each<[string, TokenVersion, Kind, Claims, object]>([
    [
      'app-only without idtyp, as its subject is itself',
      '1.0',
      'application',
      { idtyp: undefined },
      { kind: 'application' },
    ],
    ['delegated with idtyp', '2.0', 'user', { idtyp: 'user' }, { kind: 'user' }],
    ['delegated without roles', '2.0', 'user', { roles: undefined }, { kind: 'user', roles: [] }],
    [
      'with ids in capitals',
      '2.0',
      'user',
      { oid: 'ABCDEF00-0000-4000-8000-000000000000' },
      { objectId: 'abcdef00-0000-4000-8000-000000000000' },
    ],
    ['with a role twice', '2.0', 'application', { roles: ['A', 'A'] }, { roles: ['A'] }],
    [
      'with too many groups to name',
      '2.0',
      'user',
      { hasgroups: true, _claim_names: { groups: 'src1' } },
      { kind: 'user' },
    ],
    ['of an application for itself', '2.0', 'application', { azp: ourClientId }, { clientId: ourClientId }],
    ['with an empty name', '2.0', 'user', { name: '' }, { name: '' }],
  ])('accepts a token %s', async (_, version, kind, change, expected) => {
    await expect(callerOf(version, kind, change)).resolves.toMatchObject(expected);
  });

  it.each(['JWT', 'jwt', 'at+jwt', 'application/at+jwt'])('accepts the type %s', async (typ) => {
    const token = issuer.forge(issuer.header({ typ, x5t: 'x' }), issuer.claims('2.0', 'application'));
    await expect(verifier.verify(`Bearer ${token}`)).resolves.toMatchObject({ kind: 'application' });
  });

  it('ignores members named like prototypes', async () => {
    const polluted = JSON.stringify(issuer.claims('2.0', 'application')).replace(
      '{',
      '{"__proto__":{"scp":"Jobs.Start"},',
    );
    const caller = await verifier.verify(`Bearer ${issuer.forge(issuer.header(), polluted)}`);
    expect(caller).toMatchObject({ kind: 'application', roles: ['Jobs.Read', 'Jobs.Pause'] });
    expect(Object.getPrototypeOf(caller)).toBe(Object.prototype);
  });

  it('names the malformed claim and nothing of its content', async () => {
    const refusal = callerOf('2.0', 'application', { roles: 'canary' });
    await expect(refusal).rejects.toMatchObject({ code: 'claim_malformed', claim: 'roles' });
    await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining('canary') as unknown });
  });

  describe('with a clock difference', () => {
    const skewed = async (change: Claims, clockSkewMs?: number) => {
      const options = clockSkewMs === undefined ? accepted : { ...accepted, clockSkewMs };
      const token = await issuer.mint(issuer.claims('2.0', 'application', change));
      return new TokenVerifier(options, keys, clock).verify(`Bearer ${token}`);
    };

    it('allows five minutes either way', async () => {
      const late = issuer.seconds + 300;
      await expect(skewed({ exp: issuer.seconds - 299 })).resolves.toBeDefined();
      await expect(skewed({ nbf: late, iat: late })).resolves.toBeDefined();
      await expect(skewed({ nbf: late + 1 })).rejects.toMatchObject({ code: 'not_yet_valid' });
      await expect(skewed({ iat: late + 1 })).rejects.toMatchObject({ code: 'issued_in_future' });
    });

    it('allows none when told so', async () => {
      await expect(skewed({ exp: issuer.seconds }, 0)).rejects.toMatchObject({ code: 'expired' });
      await expect(skewed({ exp: issuer.seconds + 1 }, 0)).resolves.toBeDefined();
    });
  });

  it('asks for no keys on behalf of a tenant that is not accepted', async () => {
    const cold = new TokenIssuer(clock);
    const strict = new TokenVerifier(accepted, new SigningKeys(cold.trusted, cold.fetcher, clock), clock);
    const foreign = cold.claims('2.0', 'application', { tid: '22222222-bbbb-4bbb-8bbb-222222222222' });
    await expect(strict.verify(`Bearer ${await cold.mint(foreign)}`)).rejects.toMatchObject({
      code: 'tenant_not_allowed',
    });
    expect(cold.fetcher.requests).toEqual([]);
  });

  it('accepts nobody while the keys cannot be read', async () => {
    const cold = new TokenIssuer(clock);
    cold.fetcher.down = true;
    const strict = new TokenVerifier(accepted, new SigningKeys(cold.trusted, cold.fetcher, clock), clock);
    const token = await cold.mint(cold.claims('2.0', 'application'));
    await expect(strict.verify(`Bearer ${token}`)).rejects.toMatchObject({
      code: 'keys_unavailable',
      cause: expect.objectContaining({ code: 'unreachable' }) as unknown,
    });
  });

  it.each([
    { audiences: [] },
    { audiences: [ourClientId, 'https://graph.microsoft.com/'] },
    { audiences: [ourClientId], clockSkewMs: 300_001 },
    { audiences: [ourClientId], clockSkewMs: -1 },
    { audiences: [ourClientId], clockSkewMs: Number.NaN },
  ])('refuses to be told to accept %j', (options) => {
    expect(() => new TokenVerifier(options, keys, clock)).toThrow(TypeError);
  });

  it('refuses a sound token with any one character changed, added or left out', async () => {
    const token = await issuer.mint(issuer.claims('2.0', 'application'));
    await verifier.verify(`Bearer ${token}`);
    const character = fc.constantFrom(...'ABCxyz019-_.+/=~ \n\u00e9'.split(''), '');
    const position = fc.nat(token.length - 1);
    await fc.assert(
      fc.asyncProperty(position, character, fc.nat(1), async (at, put, removed) => {
        const mutant = token.slice(0, at) + put + token.slice(at + removed);
        // A space before the token belongs to the header: one or more may stand behind the scheme (RFC 9110 section 11.4).
        fc.pre(mutant.replace(/^ /, '') !== token);
        await expect(verifier.verify(`Bearer ${mutant}`)).rejects.toMatchObject({ name: 'AuthenticationError' });
      }),
      { numRuns: 400 },
    );
  });

  it('refuses a sound token with any one bit of its decoded parts changed', async () => {
    const parts = (await issuer.mint(issuer.claims('1.0', 'user')))
      .split('.')
      .map((part) => Buffer.from(part, 'base64url'));
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(7), async (part, position, bit) => {
        const mutant = parts.map((bytes) => Buffer.from(bytes));
        const bytes = mutant[part]!;
        bytes[position % bytes.length]! ^= 1 << bit;
        const token = mutant.map((mutated) => mutated.toString('base64url')).join('.');
        await expect(verifier.verify(`Bearer ${token}`)).rejects.toMatchObject({ name: 'AuthenticationError' });
      }),
      { numRuns: 400 },
    );
  });
});
