import { z } from 'zod';
import { ObjectId } from '#kernel';
import { defaultAccessRoleId, roleOf } from './graph-app-role.ts';
import { parseJson, printable } from './graph-body.ts';
import type { AppRoleAssignment } from './graph-directory.ts';
import type { GraphReply } from './graph-transport.ts';

const guid = z.guid().transform((id) => id.toLowerCase());
const principal = z.looseObject({ id: guid, appId: guid });
const assignment = z.looseObject({
  // Ends up in a command that people paste: nothing that a shell could take for more than a word.
  id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  appRoleId: guid,
  resourceDisplayName: z.string().nullish(),
});
const page = <Item extends z.ZodType>(item: Item) =>
  z.looseObject({ '@odata.nextLink': z.string().optional(), value: z.array(item) });
const assignments = page(assignment);
const objects = page(z.looseObject({ id: guid }));

/** A page of a collection, with the link to the next one as Graph gave it: not to be followed unchecked. */
export interface DirectoryPage<Item> {
  readonly items: readonly Item[];
  readonly nextLink: string | undefined;
}

/** Object id of the service principal in a reply, or undefined when it is not that of `appId`. */
export function readPrincipal(body: GraphReply['body'], appId: string): ObjectId | undefined {
  const parsed = principal.safeParse(parseJson(body));
  return parsed.success && parsed.data.appId === appId ? ObjectId.read(parsed.data.id) : undefined;
}

/** The app roles of a page; undefined when any part of it is not what Graph documents. */
export function readAssignments(body: GraphReply['body']): DirectoryPage<AppRoleAssignment> | undefined {
  const parsed = assignments.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  const { value, '@odata.nextLink': nextLink } = parsed.data;
  const items = value
    .filter(({ appRoleId }) => appRoleId !== defaultAccessRoleId)
    .map(({ id, appRoleId: roleId, resourceDisplayName }): AppRoleAssignment => {
      const resource = printable(resourceDisplayName ?? undefined);
      return { id, role: roleOf(roleId), roleId, ...(resource !== undefined && { resource }) };
    });
  return { items, nextLink };
}

/** The object ids of a page; undefined when any part of it is not what Graph documents. */
export function readObjectIds(body: GraphReply['body']): DirectoryPage<string> | undefined {
  const parsed = objects.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  const { value, '@odata.nextLink': nextLink } = parsed.data;
  return { items: value.map(({ id }) => id), nextLink };
}
