import { type Clock, secondsOf } from '../clock.ts';
import { signGraphToken, signToken } from '../keys/json-web-token.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import type { Directory } from '../world/directory.ts';
import { graphAppId } from '../world/graph-app-roles.ts';
import type { ServicePrincipal, Tenant } from '../world/world.ts';
import { accessTokenClaims, opaque } from './access-token.ts';
import type { SeenCredentials } from './seen-credentials.ts';
import type { TokenResource } from './token-resource.ts';

/** What tokens for Graph have besides. The directory role is no role: every app-only token carries this placeholder. */
const graphOnly = { tenant_region_scope: 'EU', wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'] };

/** An application or a managed identity that has proved itself. */
export interface TokenClient {
  readonly principal: ServicePrincipal;
  readonly name: string;
  /** By secret, or by certificate or assertion. */
  readonly proof: '1' | '2';
}

/** Signs app-only access tokens, by whichever way the client came. */
export class ApplicationTokens {
  /** Seconds that tokens live. */
  lifetime: number;
  readonly #directory: Directory;
  readonly #rings: KeyRings;
  readonly #seen: SeenCredentials;
  readonly #clock: Clock;

  constructor(directory: Directory, rings: KeyRings, seen: SeenCredentials, clock: Clock, lifetime: number) {
    this.#directory = directory;
    this.#rings = rings;
    this.#seen = seen;
    this.#clock = clock;
    this.lifetime = lifetime;
  }

  sign(tenant: Tenant, client: TokenClient, resource: TokenResource): string {
    const { application } = resource;
    const version = application.accessTokenVersion;
    const now = secondsOf(this.#clock);
    const claims = accessTokenClaims({
      version,
      cloud: resource.cloud,
      tenantId: tenant.id,
      audience: version === 1 ? resource.name : application.appId,
      clientAppId: client.principal.appId,
      clientName: client.name,
      clientProof: client.proof,
      subject: { kind: 'application' },
      oid: client.principal.id,
      sub: client.principal.id,
      roles: this.#directory.rolesOn(client.principal, application.appId),
      idtyp: application.emitsIdtyp,
      issuedAt: now,
      notBefore: now,
      expiresAt: now + this.lifetime,
    });
    const key = this.#rings.ofTenant(tenant.id).current;
    const header = { typ: 'JWT', alg: 'RS256', kid: key.kid, ...(version === 1 ? { x5t: key.kid } : {}) };
    const token =
      application.appId === graphAppId
        ? signGraphToken({ ...header, nonce: opaque() }, { ...claims, ...graphOnly }, key)
        : signToken(header, claims, 'RS256', key);
    this.#seen.issued(token);
    return token;
  }
}
