import { ClientId, ObjectId, TenantId } from '#kernel';
import { z } from 'zod';
import type { CallerEntry } from '../conditions/caller.ts';
import { directoryRoleNames, readDirectoryRole } from './directory-roles.ts';
import { guidForm, notAGuid, term, whenRead } from './schema-terms.ts';

const clientId = term((text) => ClientId.read(text), notAGuid, guidForm);
const notARole = `must be ${directoryRoleNames.join(', ')}, or the template id of a role that not everyone has`;
const roleForm: z.core.JSONSchema.BaseSchema = {
  anyOf: [{ enum: [...directoryRoleNames] }, { type: 'string', ...guidForm }],
};
const kinds = ['application', 'user', 'directoryRole', 'role'] as const;

/** What sets the entries of one kind apart. */
function formOfKind(kind: (typeof kinds)[number]): z.core.JSONSchema.BaseSchema {
  const others = kind === 'application' ? { via: false } : {};
  return { type: 'object', properties: { [kind]: { type: 'string' }, ...others }, required: [kind] };
}

/** An entry of `callers`. */
export const callerSchema = z
  .strictObject({
    tenant: term((text) => TenantId.read(text), notAGuid, guidForm),
    application: clientId.exactOptional().describe('Client application id: the application acting for itself.'),
    user: term((text) => ObjectId.read(text), notAGuid, guidForm)
      .exactOptional()
      .describe('Object id of a person.'),
    directoryRole: term(readDirectoryRole, notARole, roleForm).exactOptional().describe('People with this role.'),
    role: z
      .string()
      .regex(/^[!-~]{1,120}$/, 'must be the value of an app role')
      .exactOptional(),
    via: clientId.exactOptional().describe('Only through this client application.'),
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
  .meta({ oneOf: kinds.map(formOfKind) })
  .transform(({ tenant, application, user, directoryRole, role, via }, context): CallerEntry => {
    const through = via === undefined ? {} : { via };
    if (application !== undefined) return { kind: 'application', tenant, application };
    if (user !== undefined) return { kind: 'user', tenant, user, ...through };
    if (directoryRole !== undefined) return { kind: 'directoryRole', tenant, directoryRole, ...through };
    if (role !== undefined) return { kind: 'role', tenant, role, ...through };
    context.issues.push({ code: 'custom', input: undefined, message: 'names nobody' });
    return z.NEVER;
  });
