import type { EpochMillis } from '#kernel';
import { AuthenticationError } from './authentication-error.ts';
import type { TokenClaims } from './token-claims.ts';

/** When a token was issued and when it may be used. */
export interface TokenLifetime {
  readonly issuedAt: EpochMillis;
  readonly notBefore: EpochMillis;
  readonly expiresAt: EpochMillis;
}

/** The largest clock difference that may be allowed for, in milliseconds. */
export const maxClockSkewMs = 300_000;

/** Reads `iat`, `nbf` and `exp`; refuses `lifetime_missing`. */
export function lifetimeOf(claims: TokenClaims): TokenLifetime {
  const { iat, nbf, exp } = claims;
  if (iat === undefined || nbf === undefined || exp === undefined) throw new AuthenticationError('lifetime_missing');
  return { issuedAt: toMillis(iat), notBefore: toMillis(nbf), expiresAt: toMillis(exp) };
}

/** Refuses a token that is not valid at `now`, allowing `skewMs` either way. `exp` is exclusive (RFC 7519 §4.1.4). */
export function checkLifetime(lifetime: TokenLifetime, now: EpochMillis, skewMs: number): void {
  if (now >= lifetime.expiresAt + skewMs) throw new AuthenticationError('expired');
  if (lifetime.issuedAt > now + skewMs) throw new AuthenticationError('issued_in_future');
  if (lifetime.notBefore > now + skewMs) throw new AuthenticationError('not_yet_valid');
}

function toMillis(seconds: number): EpochMillis {
  return Math.floor(seconds * 1000) as EpochMillis;
}
