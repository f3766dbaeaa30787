import type { Caller, Clock } from '#kernel';
import { AuthenticationError } from './authentication-error.ts';
import { readBearerToken } from './bearer-token.ts';
import { callerOfClaims } from './caller-of-claims.ts';
import { decodeCompactJws } from './compact-jws.ts';
import type { SigningKeys } from './signing-keys.ts';
import { checkAudience, isGraphAudience, refuseGraphAudience } from './token-audience.ts';
import { parseTokenClaims } from './token-claims.ts';
import { checkTokenHeader } from './token-header.ts';
import { checkLifetime, lifetimeOf, maxClockSkewMs } from './token-lifetime.ts';
import { checkIssuer, originOf } from './token-origin.ts';
import { type Verification, VerifiedTokens } from './verified-tokens.ts';
import { verifySignature } from './verify-signature.ts';

/** Which tokens of the trusted issuers are meant for us. */
export interface AcceptedTokens {
  /** Accepted `aud` values, compared character by character: our client id and, for v1.0 tokens, our App ID URIs. */
  readonly audiences: readonly string[];
  /** Allowed clock difference in milliseconds; default and most 300,000. */
  readonly clockSkewMs?: number;
}

/**
 * Turns Entra access tokens (v1.0 and v2.0) into Callers.
 *
 * It does not check that the caller may do anything: that is for {@link AuthorizationGuard} and the policy. It does not
 * notice that Entra has revoked a token before that expires, nor that the same token is used by two senders.
 */
export class TokenVerifier {
  readonly #audiences: ReadonlySet<string>;
  readonly #skewMs: number;
  readonly #keys: SigningKeys;
  readonly #clock: Clock;
  readonly #verified: VerifiedTokens;

  /** Throws a TypeError without audiences, with one of Microsoft Graph, or with a skew outside 0 to 300,000. */
  constructor(accepted: AcceptedTokens, keys: SigningKeys, clock: Clock, verified = new VerifiedTokens()) {
    const { audiences, clockSkewMs = maxClockSkewMs } = accepted;
    if (audiences.length === 0) throw new TypeError('At least one audience must be accepted.');
    if (audiences.some(isGraphAudience)) throw new TypeError('Tokens of Microsoft Graph cannot be accepted.');
    if (!(clockSkewMs >= 0 && clockSkewMs <= maxClockSkewMs)) throw new TypeError('The clock skew is out of range.');
    this.#audiences = new Set(audiences);
    this.#skewMs = clockSkewMs;
    this.#keys = keys;
    this.#clock = clock;
    this.#verified = verified;
  }

  /** The Caller that an `Authorization` header proves; rejects with {@link AuthenticationError}. */
  async verify(authorizationHeader = ''): Promise<Caller> {
    const remembered = this.recall(authorizationHeader);
    if (remembered !== undefined) return remembered;
    const token = readBearerToken(authorizationHeader);
    const verification = await this.#verify(token);
    this.#verified.add(authorizationHeader, verification);
    return verification.caller;
  }

  /**
   * The Caller of a header that was verified before, as long as its token is in its lifetime and the issuer still has
   * its key; undefined when it is to be verified. Throws {@link AuthenticationError} outside the lifetime.
   */
  recall(authorizationHeader = ''): Caller | undefined {
    const seen = this.#verified.get(authorizationHeader);
    if (seen === undefined) return undefined;
    const { caller, lifetime, issuerKeys, key } = seen;
    const keySet = issuerKeys.peek();
    if (keySet?.issuer !== caller.token.issuer || keySet.keys.get(key.kid) !== key) {
      this.#verified.drop(authorizationHeader);
      return undefined;
    }
    try {
      checkLifetime(lifetime, this.#clock.now(), this.#skewMs);
    } catch (error) {
      if (error instanceof AuthenticationError && error.code === 'expired') this.#verified.drop(authorizationHeader);
      throw error;
    }
    return caller;
  }

  /** The order matters: cheap checks and those that need no key first, and no claim counts before the signature. */
  async #verify(token: string): Promise<Verification> {
    const { header, payload } = decodeCompactJws(token);
    const { kid } = checkTokenHeader(header);
    const claims = parseTokenClaims(payload);
    refuseGraphAudience(claims.aud);
    const origin = originOf(claims, this.#keys.tenants);
    const issuerKeys = this.#keys.of(origin);
    const { issuer } = await issuerKeys.current();
    checkIssuer(claims, origin, issuer);
    const key = await issuerKeys.find(kid);
    await verifySignature(token, key);

    const audience = checkAudience(claims.aud, this.#audiences);
    const lifetime = lifetimeOf(claims);
    checkLifetime(lifetime, this.#clock.now(), this.#skewMs);
    const caller = callerOfClaims(claims, { issuer, audience, version: origin.version, lifetime });
    return { caller, lifetime, issuerKeys, key };
  }
}
