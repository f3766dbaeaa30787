import { ClientId, ObjectId, TenantId } from '#kernel';
import { z } from 'zod';
import type { CallerEntry } from '../conditions/caller.ts';
import { directoryRoleNames, readDirectoryRole } from './directory-roles.ts';
import { notAGuid, term, whenRead } from './schema-terms.ts';

const clientId = term((text) => ClientId.read(text), notAGuid);
const notARole = `must be ${directoryRoleNames.join(', ')}, or the template id of a role that not everyone has`;
const kinds = ['application', 'user', 'directoryRole', 'role'] as const;

/** An entry of `callers`. */
export const callerSchema = z
  .strictObject({
    tenant: term((text) => TenantId.read(text), notAGuid),
    application: clientId.exactOptional(),
    user: term((text) => ObjectId.read(text), notAGuid).exactOptional(),
    directoryRole: term(readDirectoryRole, notARole).exactOptional(),
    role: z
      .string()
      .regex(/^[!-~]{1,120}$/, 'must be the value of an app role')
      .exactOptional(),
    via: clientId.exactOptional(),
  })
  .refine((entry) => kinds.filter((kind) => kind in entry).length === 1, {
    error: `needs exactly one of ${kinds.join(', ')}`,
    when: whenRead(),
  })
  .refine((entry) => !('application' in entry && 'via' in entry), {
    error: 'is only for people: an application acts for itself',
    path: ['via'],
    when: whenRead(),
  })
  .transform(({ tenant, application, user, directoryRole, role, via }, context): CallerEntry => {
    const through = via === undefined ? {} : { via };
    if (application !== undefined) return { kind: 'application', tenant, application };
    if (user !== undefined) return { kind: 'user', tenant, user, ...through };
    if (directoryRole !== undefined) return { kind: 'directoryRole', tenant, directoryRole, ...through };
    if (role !== undefined) return { kind: 'role', tenant, role, ...through };
    context.issues.push({ code: 'custom', input: undefined, message: 'names nobody' });
    return z.NEVER;
  });
