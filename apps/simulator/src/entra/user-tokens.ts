import { createHash } from 'node:crypto';
import { issuerOf } from '../clouds.ts';
import { type Clock, secondsOf } from '../clock.ts';
import { signToken } from '../keys/json-web-token.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import type { Directory } from '../world/directory.ts';
import type { Tenant, User } from '../world/world.ts';
import { accessTokenClaims, opaque } from './access-token.ts';
import type { TokenClient } from './application-tokens.ts';
import type { SeenCredentials } from './seen-credentials.ts';
import type { SignIn } from './sign-ins.ts';
import type { TokenResource } from './token-resource.ts';

/** Where and for whom a token is signed. */
export interface UserTokenRequest {
  readonly tenant: Tenant;
  readonly user: User;
  readonly signIn: SignIn;
  readonly client: TokenClient;
  readonly resource: TokenResource;
  readonly scopes: readonly string[];
}

/** The pairwise subject of a person: another one for each client. */
export function subjectOf(userId: string, appId: string): string {
  return createHash('sha256').update(`${userId}\n${appId}`).digest('base64url');
}

/** Signs delegated access tokens and ID tokens of people. */
export class UserTokens {
  /** Seconds that access tokens live. */
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

  accessToken({ tenant, user, signIn, client, resource, scopes }: UserTokenRequest): string {
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
      subject: { kind: 'user', scopes, name: user.displayName, username: user.userPrincipalName, wids: [] },
      oid: user.id,
      sub: subjectOf(user.id, application.appId),
      roles: this.#directory.rolesOf(user, application.appId),
      idtyp: application.emitsIdtyp,
      issuedAt: now,
      notBefore: now,
      expiresAt: now + this.lifetime,
    });
    return this.#sign(tenant, { ...claims, sid: signIn.sid });
  }

  /** @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
  idToken({ tenant, user, signIn, client, resource }: UserTokenRequest): string {
    const now = secondsOf(this.#clock);
    return this.#sign(tenant, {
      aud: client.principal.appId,
      iss: issuerOf(resource.cloud, tenant.id, 2),
      iat: now,
      nbf: now,
      exp: now + 3600,
      name: user.displayName,
      ...(signIn.nonce === null ? {} : { nonce: signIn.nonce }),
      oid: user.id,
      preferred_username: user.userPrincipalName,
      rh: `1.${opaque()}`,
      sid: signIn.sid,
      sub: subjectOf(user.id, client.principal.appId),
      tid: tenant.id,
      uti: opaque(),
      ver: '2.0',
    });
  }

  #sign(tenant: Tenant, claims: Record<string, unknown>): string {
    const key = this.#rings.ofTenant(tenant.id).current;
    const token = signToken({ typ: 'JWT', alg: 'RS256', kid: key.kid }, claims, 'RS256', key);
    this.#seen.issued(token);
    return token;
  }
}
