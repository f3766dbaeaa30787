import { rights } from '#kernel';
import { authenticationCodes, AuthenticationError } from './authentication-error.ts';
import { challengeOf, insufficientScopeChallenge } from './challenge.ts';

const metadata = 'https://interlock.example/.well-known/oauth-protected-resource';

describe('challengeOf', () => {
  it.each(['token_missing', 'scheme_unsupported'] as const)(
    'names no error for %s, as no token was presented',
    (code) => {
      expect(challengeOf(new AuthenticationError(code), metadata)).toBe(`Bearer resource_metadata="${metadata}"`);
    },
  );

  it('challenges nobody when the keys are unavailable', () => {
    expect(challengeOf(new AuthenticationError('keys_unavailable'), metadata)).toBeUndefined();
  });

  it('tells why a token was refused', () => {
    expect(challengeOf(new AuthenticationError('expired'), metadata)).toBe(
      `Bearer error="invalid_token", error_description="The token has expired.", resource_metadata="${metadata}"`,
    );
  });

  it.each(authenticationCodes)('keeps to the characters of RFC 6750 for %s', (code) => {
    expect(new AuthenticationError(code).message).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  it('does not let the address of the metadata break out of its quotes or line', () => {
    const challenge = challengeOf(new AuthenticationError('token_missing'), 'https://a.example/"\\\r\nx: y');
    expect(challenge).toBe('Bearer resource_metadata="https://a.example/\\"\\\\x: y"');
  });
});

describe('insufficientScopeChallenge', () => {
  it.each(rights)('names the missing right %s', (right) => {
    expect(insufficientScopeChallenge(right, metadata)).toBe(
      `Bearer error="insufficient_scope", error_description="The token does not carry ${right}.", scope="${right}", ` +
        `resource_metadata="${metadata}"`,
    );
  });
});
