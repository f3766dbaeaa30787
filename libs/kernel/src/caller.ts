import type { EpochMillis } from './clock.ts';
import type { ClientId, DirectoryRoleId, ObjectId, TenantId } from './guid.ts';

/** What the token said about itself, for the audit log. Never the token. */
export interface TokenEvidence {
  readonly issuer: string;
  readonly audience: string;
  readonly version: '1.0' | '2.0';
  readonly issuedAt: EpochMillis;
  readonly expiresAt: EpochMillis;
  /** Lower-case hex SHA-256 of the token's own id (`uti` or `jti`), when it has one. */
  readonly tokenIdHash?: string;
  readonly authenticationMethods: readonly string[];
  readonly authenticationContext?: string;
}

interface Principal {
  readonly tenantId: TenantId;
  readonly objectId: ObjectId;
  /** The client application that presented the token (`azp` or `appid`). */
  readonly clientId: ClientId;
  /** App roles of Interlock held by this principal. */
  readonly roles: readonly string[];
  readonly token: TokenEvidence;
}

/** An application acting as itself (app-only token). */
export interface ApplicationCaller extends Principal {
  readonly kind: 'application';
}

/** A person acting through a client application (delegated token). */
export interface UserCaller extends Principal {
  readonly kind: 'user';
  /** What the client application may do for the person (`scp`). */
  readonly scopes: readonly string[];
  readonly directoryRoles: readonly DirectoryRoleId[];
  /** For display only; never authorise on them. */
  readonly name?: string;
  readonly username?: string;
}

/** The verified principal of a request. */
export type Caller = ApplicationCaller | UserCaller;

/** Equal for two requests of the same caller: the same principal through the same client application. */
export function callerKey({ tenantId, objectId, clientId }: Caller): string {
  return `${tenantId}/${objectId}/${clientId}`;
}
