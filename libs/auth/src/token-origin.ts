import { TenantId } from '#kernel';
import { AuthenticationError } from './authentication-error.ts';
import type { TokenClaims } from './token-claims.ts';

/** Format of an Entra access token, decided by `requestedAccessTokenVersion` of our own app registration. */
export type TokenVersion = '1.0' | '2.0';

export const tokenVersions: readonly TokenVersion[] = ['1.0', '2.0'];

/** Where a token says it comes from: each tenant has one issuer and one key set per version. */
export interface TokenOrigin {
  readonly tenantId: TenantId;
  readonly version: TokenVersion;
}

/** The tenant of personal Microsoft accounts, where anybody can have an account. */
export const personalTenant = TenantId.parse('9188040d-6c67-4c5b-b112-36a304b66dad', 'personalTenant');

/**
 * Where the token says it comes from. Only allowed tenants have an origin, so no token can make us ask for the keys of
 * another. Refuses `tenant_missing`, `personal_account`, `tenant_not_allowed` and `version_mismatch`.
 */
export function originOf(claims: TokenClaims, tenants: ReadonlySet<TenantId>): TokenOrigin {
  const tenantId = claims.tid;
  if (tenantId === undefined) throw new AuthenticationError('tenant_missing');
  if (tenantId === personalTenant) throw new AuthenticationError('personal_account');
  if (!tenants.has(tenantId)) throw new AuthenticationError('tenant_not_allowed');
  const version = tokenVersions.find((known) => known === claims.ver);
  if (version === undefined) throw new AuthenticationError('version_mismatch');
  return { tenantId, version };
}

/**
 * Checks `iss` against the one issuer of the origin, character by character. Entra signs for all tenants with the same
 * keys, so this and not the signature is what keeps other tenants out. The three codes only say how it went wrong.
 */
export function checkIssuer(claims: TokenClaims, origin: TokenOrigin, expected: string): void {
  const issuer = claims.iss;
  if (issuer === expected) return;
  if (issuer === undefined) throw new AuthenticationError('issuer_not_allowed');
  const named = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(issuer)?.[0].toLowerCase();
  if (named === undefined) throw new AuthenticationError('issuer_not_allowed');
  if (named !== origin.tenantId) throw new AuthenticationError('issuer_tenant_mismatch');
  if (issuer.endsWith('/v2.0') !== expected.endsWith('/v2.0')) throw new AuthenticationError('version_mismatch');
  throw new AuthenticationError('issuer_not_allowed');
}
