import { randomBytes } from 'node:crypto';
import { type Cloud, issuerOf } from '../clouds.ts';

/** Who a token is about. */
export type TokenSubject =
  | { readonly kind: 'application' }
  | {
      readonly kind: 'user';
      readonly scopes: readonly string[];
      readonly name: string;
      readonly username: string;
      readonly wids: readonly string[];
    };

/** What an access token says. Times are NumericDates. */
export interface AccessTokenFacts {
  readonly version: 1 | 2;
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly audience: string;
  readonly clientAppId: string;
  readonly clientName: string;
  /** How the client proved itself: 0 not at all, 1 by secret, 2 by certificate or assertion. */
  readonly clientProof: '0' | '1' | '2';
  readonly subject: TokenSubject;
  readonly oid: string;
  readonly sub: string;
  readonly roles: readonly string[];
  readonly idtyp: boolean;
  readonly issuedAt: number;
  readonly notBefore: number;
  readonly expiresAt: number;
}

/** An opaque value as Entra puts into claims that no one else is meant to read. */
export function opaque(): string {
  return randomBytes(16).toString('base64url');
}

function subjectClaims(facts: AccessTokenFacts): Record<string, unknown> {
  const { subject, version } = facts;
  if (subject.kind === 'application') {
    return {
      ...(facts.idtyp ? { idtyp: 'app' } : {}),
      ...(version === 1 ? { idp: issuerOf(facts.cloud, facts.tenantId, 1) } : {}),
    };
  }
  return {
    ...(facts.idtyp ? { idtyp: 'user' } : {}),
    scp: subject.scopes.join(' '),
    name: subject.name,
    ...(subject.wids.length === 0 ? {} : { wids: subject.wids }),
    ...(version === 1
      ? { acr: '1', amr: ['pwd', 'mfa'], unique_name: subject.username, upn: subject.username, ipaddr: '203.0.113.7' }
      : { preferred_username: subject.username }),
  };
}

/**
 * The claims of an access token, v1.0 or v2.0, application or user.
 * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function accessTokenClaims(facts: AccessTokenFacts): Record<string, unknown> {
  const client =
    facts.version === 1
      ? { appid: facts.clientAppId, app_displayname: facts.clientName, appidacr: facts.clientProof }
      : { azp: facts.clientAppId, azpacr: facts.clientProof };
  return {
    aud: facts.audience,
    iss: issuerOf(facts.cloud, facts.tenantId, facts.version),
    iat: facts.issuedAt,
    nbf: facts.notBefore,
    exp: facts.expiresAt,
    aio: opaque(),
    ...client,
    oid: facts.oid,
    rh: `1.${opaque()}`,
    ...(facts.roles.length === 0 ? {} : { roles: facts.roles }),
    ...subjectClaims(facts),
    sub: facts.sub,
    tid: facts.tenantId,
    uti: opaque(),
    ver: facts.version === 1 ? '1.0' : '2.0',
  };
}
