import { hash } from 'node:crypto';
import { type ApplicationCaller, type Caller, DirectoryRoleId, type TokenEvidence, type UserCaller } from '#kernel';
import { AuthenticationError } from './authentication-error.ts';
import type { TokenClaims } from './token-claims.ts';
import type { TokenLifetime } from './token-lifetime.ts';
import type { TokenVersion } from './token-origin.ts';

/** What has been checked of a token before its principal is read. */
export interface VerifiedToken {
  readonly issuer: string;
  readonly audience: string;
  readonly version: TokenVersion;
  readonly lifetime: TokenLifetime;
}

/** Entra puts these into `wids` of any application and any user: they stand for no role. */
const nonRoles = new Set([
  DirectoryRoleId.read('0997a1d0-0d1d-4acb-b408-d5ca73121e90'),
  DirectoryRoleId.read('b79fbf4d-3ef9-4689-8143-76b194e85509'),
]);

/**
 * The principal of a verified token. Refuses ID tokens, tokens that grant nothing, and those whose claims do not settle
 * who calls. `groups` is not read, so an overage of groups changes nothing. The Caller is frozen: requests share it.
 */
export function callerOfClaims(claims: TokenClaims, token: VerifiedToken): Caller {
  refuseIdToken(claims);
  const kind = callerKind(claims);
  const principal = {
    tenantId: required(claims.tid, 'tenant_missing'),
    objectId: required(claims.oid, 'object_id_missing'),
    clientId: required(token.version === '1.0' ? claims.appid : claims.azp, 'client_id_missing'),
    roles: unique(claims.roles),
    token: evidenceOf(claims, token),
  };
  const caller =
    kind === 'application' ? ({ ...principal, kind } satisfies ApplicationCaller) : userOf(claims, principal);
  return Object.freeze(caller);
}

/**
 * An ID token may carry `roles` and has our client id as audience, so it would pass for an access token. `aud` equal to
 * `azp` is no mark of one: an app may hold a token for itself. That an access token always names its client is.
 */
function refuseIdToken(claims: TokenClaims): void {
  const marked = claims.nonce !== undefined || claims.c_hash !== undefined || claims.at_hash !== undefined;
  const anonymous = claims.azp === undefined && claims.appid === undefined;
  if (marked || (anonymous && claims.scp === undefined && claims.idtyp === undefined)) {
    throw new AuthenticationError('id_token');
  }
}

/** `idtyp` decides; without it `scp` means a user, and an application is known by `oid` being its `sub`. */
function callerKind(claims: TokenClaims): Caller['kind'] {
  const delegated = claims.scp !== undefined;
  if (!delegated && unique(claims.roles).length === 0) throw new AuthenticationError('no_roles_or_scopes');
  switch (claims.idtyp) {
    case 'app':
    case 'user':
      if (delegated !== (claims.idtyp === 'user')) throw new AuthenticationError('caller_kind_contradiction');
      return claims.idtyp === 'user' ? 'user' : 'application';
    case undefined:
      if (delegated) return 'user';
      if (claims.oid !== undefined && claims.oid === claims.sub?.toLowerCase()) return 'application';
      throw new AuthenticationError('caller_kind_unknown');
    default:
      throw new AuthenticationError('caller_kind_unknown');
  }
}

function userOf(claims: TokenClaims, principal: Omit<ApplicationCaller, 'kind'>): UserCaller {
  const username = claims.preferred_username ?? claims.upn ?? claims.unique_name;
  return {
    ...principal,
    kind: 'user',
    scopes: unique(claims.scp?.split(' ')),
    directoryRoles: unique(claims.wids?.filter((id) => !nonRoles.has(id))),
    ...(claims.name === undefined ? {} : { name: claims.name }),
    ...(username === undefined ? {} : { username }),
  };
}

function evidenceOf(claims: TokenClaims, token: VerifiedToken): TokenEvidence {
  const id = claims.uti ?? claims.jti;
  return Object.freeze({
    issuer: token.issuer,
    audience: token.audience,
    version: token.version,
    issuedAt: token.lifetime.issuedAt,
    expiresAt: token.lifetime.expiresAt,
    ...(id === undefined ? {} : { tokenIdHash: hash('sha256', id, 'hex') }),
    authenticationMethods: unique(claims.amr),
    ...(claims.acrs === undefined || claims.acrs.length === 0 ? {} : { authenticationContext: claims.acrs.join(' ') }),
  });
}

function required<Value>(value: Value | undefined, code: AuthenticationError['code']): Value {
  if (value === undefined) throw new AuthenticationError(code);
  return value;
}

function unique<Item>(items: readonly Item[] | undefined): readonly Item[] {
  return Object.freeze([...new Set(items)]);
}
