import { type AuthenticationCode, authenticationCodes, SigningKeys, TokenVerifier } from '#auth';
import { FakeClock } from '#testing';
import { ourAppIdUri, ourClientId, TokenIssuer } from '../support/token-issuer.ts';
import { hostileTokens } from './hostile-tokens.ts';

const clock = new FakeClock();
const issuer = new TokenIssuer(clock);
const keys = new SigningKeys(issuer.trusted, issuer.fetcher, clock);
const verifier = new TokenVerifier({ audiences: [ourClientId, ourAppIdUri] }, keys, clock);

describe('TokenVerifier', () => {
  describe.each(['1.0', '2.0'] as const)('with sound v%s tokens', (version) => {
    it.each(['application', 'user'] as const)(
      'accepts one of an %s, so that the rest fails for its own fault',
      async (kind) => {
        const token = await issuer.mint(issuer.claims(version, kind));
        await expect(verifier.verify(`Bearer ${token}`)).resolves.toMatchObject({ kind, token: { version } });
      },
    );
  });

  it.each(hostileTokens)('refuses $name: $code', async ({ code, mint }) => {
    const token = await mint(issuer);
    await expect(verifier.verify(`Bearer ${token}`)).rejects.toMatchObject({ code });
    await expect(verifier.verify(`Bearer ${token}`)).rejects.toMatchObject({ code });
  });
});

describe('the table of hostile tokens', () => {
  it('has at least 70 tokens, each under a name of its own', () => {
    expect(hostileTokens.length).toBeGreaterThanOrEqual(70);
    expect(new Set(hostileTokens.map(({ name }) => name)).size).toBe(hostileTokens.length);
  });

  it('has one for every code that a token alone can cause', () => {
    const elsewhere: readonly AuthenticationCode[] = [
      'token_missing',
      'scheme_unsupported',
      'keys_unavailable',
      'session_ended',
    ];
    const covered = new Set([...hostileTokens.map(({ code }) => code), ...elsewhere]);
    expect([...covered].sort()).toEqual([...authenticationCodes].sort());
  });
});
