import { generateKeyPair, SignJWT } from 'jose';
import { FakeClock } from '#testing';
import { verifyLogoutToken } from './logout-token.ts';
import { SignInError } from './sign-in-error.ts';

const clock = new FakeClock();
const issuer = 'https://login.example/tenant/v2.0';
const clientId = 'console';
const now = clock.now() / 1000;
const keys = await generateKeyPair('RS256');
const others = await generateKeyPair('RS256');
const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const sound = { iss: issuer, aud: clientId, iat: now, exp: now + 120, jti: 'id', sub: 'ada', sid: 'one', events };

const rules = {
  issuer,
  clientId,
  findKey: (kid: string) => (kid === 'k' ? Promise.resolve(keys.publicKey) : Promise.reject(new Error('unknown kid'))),
};

function sign(claims: Record<string, unknown>, header: Record<string, unknown> = {}, key = keys.privateKey) {
  const protectedHeader = { alg: 'RS256', kid: 'k', typ: 'logout+jwt', ...header };
  return new SignJWT(claims).setProtectedHeader(protectedHeader).sign(key);
}

describe('a logout token', () => {
  it('names a session of the issuer, or a person', async () => {
    expect(await verifyLogoutToken(await sign(sound), rules, clock)).toMatchObject({
      tokenId: 'id',
      issuerSession: 'one',
      subject: 'ada',
    });
    const { sid: _, ...person } = sound;
    expect(await verifyLogoutToken(await sign(person), rules, clock)).not.toHaveProperty('issuerSession');
  });

  it.each<[string, Record<string, unknown>]>([
    ['of another issuer', { iss: 'https://login.example/other/v2.0' }],
    ['for another client', { aud: 'another' }],
    ['with a nonce: an ID token', { nonce: 'n' }],
    ['without events', { events: undefined }],
    ['of another event', { events: { 'http://schemas.openid.net/event/other': {} } }],
    ['whose event is no object', { events: { 'http://schemas.openid.net/event/backchannel-logout': true } }],
    ['without id', { jti: undefined }],
    ['that names nobody', { sub: undefined, sid: undefined }],
    ['that has expired', { iat: now - 290, exp: now - 170 }],
    ['that was issued long ago', { iat: now - 400 }],
    ['that was issued in the future', { iat: now + 400, exp: now + 500 }],
    ['that lives too long', { exp: now + 86_400 }],
    ['that never expires', { exp: undefined }],
  ])('%s is refused', async (_what, change) => {
    const token = await sign({ ...sound, ...change });
    await expect(verifyLogoutToken(token, rules, clock)).rejects.toMatchObject({ code: 'logout_token_invalid' });
  });

  it('under another type, by another key or with a broken signature is refused', async () => {
    const token = await sign(sound);
    const forged = [
      await sign(sound, { typ: 'JWT' }),
      await sign(sound, { kid: 'other' }),
      await sign(sound, {}, others.privateKey),
      `${token.slice(0, -6)}AAAAAA`,
      'no token',
    ];
    for (const each of forged) {
      await expect(verifyLogoutToken(each, rules, clock)).rejects.toMatchObject({ code: 'logout_token_invalid' });
    }
  });

  it('is not called invalid while nobody can tell', async () => {
    const findKey = () => Promise.reject(new SignInError('sign_in_unavailable'));
    const judged = verifyLogoutToken(await sign(sound), { ...rules, findKey }, clock);
    await expect(judged).rejects.toMatchObject({ code: 'sign_in_unavailable' });
  });
});
