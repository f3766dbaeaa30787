import { type Caller, ClientId, type EpochMillis, ObjectId, type TenantId } from '#kernel';
import { type CallerEntry, callerKey } from '../conditions/caller.ts';

/** An id that a policy names only by mistake: it stands for "some other one". */
const nobody = '00000000-0000-0000-0000-000000000000';
const client = ClientId.parse(nobody, 'client');
const object = ObjectId.parse(nobody, 'object');

/** Evidence of no token: these callers exist only in questions to a policy. */
const token: Caller['token'] = {
  issuer: 'none',
  audience: 'none',
  version: '2.0',
  issuedAt: 0 as EpochMillis,
  expiresAt: 0 as EpochMillis,
  authenticationMethods: [],
};

/** Somebody who is exactly what an entry of `callers` says, as far as that entry goes. */
export function callerLike(entry: CallerEntry): Caller {
  const { tenant } = entry;
  if (entry.kind === 'application') return applicationOf(tenant, entry.application);
  const person = { ...personOf(tenant), clientId: entry.via ?? client };
  switch (entry.kind) {
    case 'user':
      return { ...person, objectId: entry.user };
    case 'directoryRole':
      return { ...person, directoryRoles: [entry.directoryRole] };
    case 'role':
      return { ...person, roles: [entry.role] };
  }
}

/** An application of a tenant. */
export function applicationOf(tenantId: TenantId, clientId: ClientId): Caller {
  return { kind: 'application', tenantId, objectId: object, clientId, roles: [], token };
}

/** A person of a tenant about whom nothing else is known. */
export function personOf(tenantId: TenantId): Extract<Caller, { kind: 'user' }> {
  const base = { tenantId, objectId: object, clientId: client, roles: [], token };
  return { ...base, kind: 'user', scopes: [], directoryRoles: [] };
}

/** One whom no policy knows. */
export const stranger: Caller = applicationOf(nobody as TenantId, client);

/** Equal for entries that stand for the same principals, whatever they are called. */
export function identityOf(entry: CallerEntry): string {
  return `${callerKey(entry)} via ${entry.kind === 'application' ? '' : (entry.via ?? '')}`;
}
