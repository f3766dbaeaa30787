import type { Clock, EpochMillis } from '#kernel';
import { type CryptoKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { SignInError } from './sign-in-error.ts';

/** Who may send logout tokens, and for whom. */
export interface LogoutTokenRules {
  readonly issuer: string;
  readonly clientId: string;
  /** The issuer's signing key of that id; rejects when there is none, with a SignInError when nobody can say. */
  readonly findKey: (kid: string) => Promise<CryptoKey>;
}

/** What a valid logout token says. */
export type VerifiedLogout = {
  readonly tokenId: string;
  readonly expiresAt: EpochMillis;
} & (
  | { readonly issuerSession: string; readonly subject?: string }
  | { readonly subject: string; readonly issuerSession?: undefined }
);

/** Accepted age of a token, and how long it may be valid: a logout is told at once. In seconds. */
const maxAge = 300;
const skew = 60;

const event = 'http://schemas.openid.net/event/backchannel-logout';

const claims = z.object({
  jti: z.string().min(1).max(500),
  iat: z.number(),
  exp: z.number(),
  sub: z.string().min(1).optional(),
  sid: z.string().min(1).optional(),
  events: z.looseObject({ [event]: z.looseObject({}) }),
  /** Its presence would make an ID token of it. */
  nonce: z.undefined().optional(),
});

/**
 * Verifies a logout token; whatever is wrong with it is `logout_token_invalid`. Whether it came before is for the store.
 * @see https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation
 */
export async function verifyLogoutToken(token: string, rules: LogoutTokenRules, clock: Clock): Promise<VerifiedLogout> {
  try {
    const { payload } = await jwtVerify(token, ({ kid = '' }) => rules.findKey(kid), {
      algorithms: ['RS256'],
      // Explicit typing keeps other tokens of the issuer from passing for one.
      typ: 'logout+jwt',
      issuer: rules.issuer,
      audience: rules.clientId,
      maxTokenAge: maxAge,
      clockTolerance: skew,
      currentDate: new Date(clock.now()),
    });
    const { jti, exp, iat, sub, sid } = claims.parse(payload);
    if (exp > iat + maxAge) throw new TypeError('a logout token must not live longer than five minutes');
    const base = { tokenId: jti, expiresAt: ((exp + skew) * 1_000) as EpochMillis };
    if (sid !== undefined) return { ...base, issuerSession: sid, ...(sub !== undefined && { subject: sub }) };
    if (sub === undefined) throw new TypeError('a logout token needs sub or sid');
    return { ...base, subject: sub };
  } catch (cause) {
    // Not being able to ask for the key says nothing about the token.
    if (cause instanceof SignInError) throw cause;
    throw new SignInError('logout_token_invalid', { cause });
  }
}
