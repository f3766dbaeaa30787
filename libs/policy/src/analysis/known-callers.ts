import { type Caller, ClientId, type EpochMillis, InvalidInput, ObjectId, TenantId } from '#kernel';
import { type CallerEntry, callerKey } from '../conditions/caller.ts';

/** An id that a policy names only by mistake: it stands for "some other one". */
const nobody = '00000000-0000-0000-0000-000000000000';
const someTenant = TenantId.parse(nobody, 'tenant');
const someClient = ClientId.parse(nobody, 'client');
const someObject = ObjectId.parse(nobody, 'object');

/** Evidence of no token: these callers exist only in questions to a policy. */
const token: Caller['token'] = {
  issuer: 'none',
  audience: 'none',
  version: '2.0',
  issuedAt: 0 as EpochMillis,
  expiresAt: 0 as EpochMillis,
  authenticationMethods: [],
};

type UserEntry = Exclude<CallerEntry, { kind: 'application' }>;

/**
 * Somebody who is all that the entries say, and nothing else; without entries somebody whom no policy knows. Throws
 * {@link InvalidInput} when nobody can be all of it.
 */
export function callerLike(entries: readonly CallerEntry[]): Caller {
  const people = entries.filter((entry) => entry.kind !== 'application');
  const apps = entries.filter((entry) => entry.kind === 'application');
  const tenant = single(entries, ({ tenant: id }) => id) ?? someTenant;
  if (people.length > 0 && apps.length > 0) throw contradiction();
  if (people.length > 0) return personOf(tenant, people);
  return applicationOf(tenant, single(apps, ({ application }) => application) ?? someClient);
}

function applicationOf(tenantId: TenantId, clientId: ClientId): Caller {
  return { kind: 'application', tenantId, objectId: someObject, clientId, roles: [], token };
}

function personOf(tenantId: TenantId, entries: readonly UserEntry[]): Caller {
  return {
    kind: 'user',
    tenantId,
    objectId: single(entries, (entry) => (entry.kind === 'user' ? entry.user : undefined)) ?? someObject,
    clientId: single(entries, ({ via }) => via) ?? someClient,
    roles: entries.flatMap((entry) => (entry.kind === 'role' ? [entry.role] : [])),
    scopes: [],
    directoryRoles: entries.flatMap((entry) => (entry.kind === 'directoryRole' ? [entry.directoryRole] : [])),
    token,
  };
}

/** The one value that the entries have, if any; two different ones are too many for one caller. */
function single<Entry, Value>(entries: readonly Entry[], of: (entry: Entry) => Value | undefined): Value | undefined {
  const values = new Set(entries.map(of).filter((value) => value !== undefined));
  if (values.size > 1) throw contradiction();
  return values.values().next().value;
}

function contradiction(): InvalidInput {
  return new InvalidInput('field_invalid', 'Nobody can be all of these callers at once.', 'caller');
}

/** Equal for entries that stand for the same principals, whatever they are called. */
export function identityOf(entry: CallerEntry): string {
  return `${callerKey(entry)} via ${entry.kind === 'application' ? '' : (entry.via ?? '')}`;
}
