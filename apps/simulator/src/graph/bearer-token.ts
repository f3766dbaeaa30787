import { decodeJwt, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { graphRootOf, issuerOf } from '../clouds.ts';
import type { Clock } from '../clock.ts';
import type { Exchange } from '../http/exchange.ts';
import { withHashedNonce } from '../keys/json-web-token.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import type { Directory } from '../world/directory.ts';
import { graphAppId } from '../world/graph-app-roles.ts';
import type { Tenant } from '../world/world.ts';
import { GraphFailure } from './graph-failure.ts';

/** Who calls Graph, by its verified token. */
export interface GraphCaller {
  readonly tenant: Tenant;
  readonly appId: string;
  readonly objectId: string;
  /** Application permissions that the token carries. */
  readonly roles: readonly string[];
}

const Claims = z.object({
  tid: z.string(),
  appid: z.string(),
  oid: z.string(),
  exp: z.number(),
  aud: z.string(),
  roles: z.array(z.string()).default([]),
});
type Claims = z.infer<typeof Claims>;

function invalidToken(exchange: Exchange, message: string): GraphFailure {
  const authority = `https://${exchange.site.cloud.loginHost}/common/oauth2/authorize`;
  const challenge = `Bearer realm="", authorization_uri="${authority}", client_id="${graphAppId}"`;
  return new GraphFailure(401, 'InvalidAuthenticationToken', message, { 'www-authenticate': challenge });
}

/** How many verified tokens are remembered: verification must not dominate a load test. */
const remembered = 256;

/** Checks the bearer tokens that reach Graph: signature, issuer, audience of this cloud, lifetime without leeway. */
export class BearerTokens {
  readonly #directory: Directory;
  readonly #rings: KeyRings;
  readonly #clock: Clock;
  readonly #verified = new Map<string, { readonly claims: Claims; readonly kid: string }>();

  constructor(directory: Directory, rings: KeyRings, clock: Clock) {
    this.#directory = directory;
    this.#rings = rings;
    this.#clock = clock;
  }

  /** Refuses with 401 `InvalidAuthenticationToken`. */
  async verify(exchange: Exchange): Promise<GraphCaller> {
    const token = /^Bearer ([^\s]+)$/i.exec(exchange.headers.authorization ?? '')?.[1];
    if (token === undefined) throw invalidToken(exchange, 'Access token is empty.');
    const claims = await this.#claims(exchange, token);
    const root = graphRootOf(exchange.site.cloud);
    if (![root, `${root}/`, graphAppId].includes(claims.aud)) {
      throw invalidToken(exchange, 'Access token validation failure. Invalid audience.');
    }
    const tenant = this.#directory.findTenant(claims.tid);
    if (tenant === undefined) throw invalidToken(exchange, 'Access token validation failure. Unknown tenant.');
    return { tenant, appId: claims.appid, objectId: claims.oid, roles: claims.roles };
  }

  async #claims(exchange: Exchange, token: string): Promise<Claims> {
    const known = this.#verified.get(token);
    if (known !== undefined && known.claims.exp * 1000 > this.#clock() && this.#trusts(known.claims.tid, known.kid)) {
      return known.claims;
    }
    const checked = await this.#check(exchange, token);
    if (this.#verified.size >= remembered) this.#verified.clear();
    this.#verified.set(token, checked);
    return checked.claims;
  }

  #trusts(tenantId: string, kid: string): boolean {
    return this.#directory.findTenant(tenantId) !== undefined && this.#rings.ofTenant(tenantId).find(kid) !== undefined;
  }

  async #check(exchange: Exchange, token: string): Promise<{ claims: Claims; kid: string }> {
    try {
      const { tid } = z.object({ tid: z.string() }).parse(decodeJwt(token));
      const { payload, protectedHeader } = await jwtVerify(
        withHashedNonce(token),
        ({ kid = '' }) => {
          const key = this.#trusts(tid, kid) ? this.#rings.ofTenant(tid).find(kid) : undefined;
          if (key === undefined) throw new errors.JWSSignatureVerificationFailed();
          return key.publicKey;
        },
        {
          algorithms: ['RS256'],
          issuer: issuerOf(exchange.site.cloud, tid, 1),
          currentDate: new Date(this.#clock()),
        },
      );
      return { claims: Claims.parse(payload), kid: protectedHeader.kid ?? '' };
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        throw invalidToken(exchange, 'Lifetime validation failed, the token is expired.');
      }
      if (error instanceof errors.JWSSignatureVerificationFailed) {
        throw invalidToken(exchange, 'Access token validation failure. Invalid signature.');
      }
      throw invalidToken(exchange, 'CompactToken parsing failed.');
    }
  }
}
