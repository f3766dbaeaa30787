import { FakeClock } from '#testing';
import { ourAppIdUri, ourClientId, ourTenant, TokenIssuer } from '../../../test/support/token-issuer.ts';
import { SigningKeys } from './signing-keys.ts';
import { TokenVerifier } from './token-verifier.ts';
import { VerifiedTokens } from './verified-tokens.ts';

const hour = 3_600_000;

async function setUp(max?: number) {
  const clock = new FakeClock();
  const issuer = new TokenIssuer(clock);
  const keys = new SigningKeys(issuer.trusted, issuer.fetcher, clock);
  const verified = new VerifiedTokens(max);
  const verifier = new TokenVerifier({ audiences: [ourClientId, ourAppIdUri] }, keys, clock, verified);
  const sign = (change = {}) => issuer.mint(issuer.claims('2.0', 'user', change));
  const verify = (token: string) => verifier.verify(`Bearer ${token}`);
  return { clock, issuer, keys, verified, sign, verify, token: await sign() };
}

describe('a verified token', () => {
  it('is not verified again: the same Caller comes back', async () => {
    const { verify, token, verified, sign } = await setUp();
    const caller = await verify(token);
    expect(await verify(token)).toBe(caller);
    expect(await verify(await sign())).not.toBe(caller);
    expect(verified.size).toBe(2);
  });

  it('gives a Caller that no request can change for another', async () => {
    const { verify, token } = await setUp();
    const caller = await verify(token);
    expect(() => Object.assign(caller, { kind: 'application' })).toThrow(TypeError);
    expect(() => (caller.roles as string[]).push('Jobs.Start')).toThrow(TypeError);
    expect(() => Object.assign(caller.token, { version: '1.0' })).toThrow(TypeError);
    expect(Object.isFrozen(caller.kind === 'user' && caller.scopes)).toBe(true);
    expect(Object.isFrozen(caller.kind === 'user' && caller.directoryRoles)).toBe(true);
    expect(Object.isFrozen(caller.token.authenticationMethods)).toBe(true);
  });

  it('expires all the same, and is forgotten then', async () => {
    const { clock, verify, token, verified } = await setUp();
    await verify(token);
    await clock.advance(hour + 300_000 - 1);
    await verify(token);
    await clock.advance(1);
    await expect(verify(token)).rejects.toMatchObject({ code: 'expired' });
    expect(verified.size).toBe(0);
  });

  it('is not valid before its time when the clock is set back', async () => {
    const { clock, verify, token } = await setUp();
    await verify(token);
    await clock.advance(-hour);
    await expect(verify(token)).rejects.toMatchObject({ code: 'issued_in_future' });
  });

  it('falls with its key', async () => {
    const { issuer, keys, verify, token, verified } = await setUp();
    await verify(token);
    issuer.published = (await issuer.keys()).slice(1);
    await keys.refresh();
    await expect(verify(token)).rejects.toMatchObject({ code: 'kid_unknown' });
    expect(verified.size).toBe(0);
  });

  it('falls when its kid is given to another key', async () => {
    const { issuer, keys, verify, token } = await setUp();
    await verify(token);
    issuer.published = [{ ...(await issuer.keys())[1], kid: 'current' }];
    await keys.refresh();
    await expect(verify(token)).rejects.toMatchObject({ code: 'signature_invalid' });
  });

  it('falls when the tenant gets another issuer', async () => {
    const { issuer, keys, verify, token } = await setUp();
    await verify(token);
    Object.assign(issuer, { issuer: () => `https://moved.example/${ourTenant}/v2.0` });
    await keys.refresh();
    await expect(verify(token)).rejects.toMatchObject({ code: 'issuer_not_allowed' });
  });

  it('stays over a refresh that changes nothing', async () => {
    const { keys, verify, token } = await setUp();
    const caller = await verify(token);
    await keys.refresh();
    expect(await verify(token)).toBe(caller);
  });

  it('falls when the keys are older than a day', async () => {
    const { clock, issuer, verify, sign } = await setUp();
    const token = await sign({ exp: issuer.seconds + 28 * 3600 });
    await verify(token);
    issuer.fetcher.down = true;
    await clock.advance(24 * hour - 1);
    await verify(token);
    await clock.advance(1);
    await expect(verify(token)).rejects.toMatchObject({ code: 'keys_unavailable' });
  });

  it('makes room for newer ones', async () => {
    const { verify, sign, verified, token } = await setUp(2);
    const first = await verify(token);
    await verify(await sign());
    await verify(await sign());
    expect(verified.size).toBe(2);
    expect(await verify(token)).not.toBe(first);
  });

  it('leaves no trace when it was refused', async () => {
    const { verify, sign, verified } = await setUp();
    await expect(verify(await sign({ aud: 'other' }))).rejects.toMatchObject({ code: 'audience_not_allowed' });
    expect(verified.size).toBe(0);
  });
});
