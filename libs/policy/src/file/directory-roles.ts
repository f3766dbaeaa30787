import { DirectoryRoleId } from '#kernel';

/**
 * Template ids of the directory roles that have to do with provisioning, by the names used in a policy.
 * @see https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
const known: Readonly<Record<string, string>> = {
  ApplicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  CloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  GlobalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  GlobalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  HybridIdentityAdministrator: '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2',
};

/** Ids that Entra puts beside the roles and that everyone has: as a role, each would let in the whole tenant. */
const notRoles: readonly string[] = ['0997a1d0-0d1d-4acb-b408-d5ca73121e90', 'b79fbf4d-3ef9-4689-8143-76b194e85509'];

/** The names that {@link readDirectoryRole} knows. */
export const directoryRoleNames: readonly string[] = Object.keys(known);

/** A directory role by its name or its template id, or undefined. */
export function readDirectoryRole(text: string): DirectoryRoleId | undefined {
  const id = DirectoryRoleId.read(Object.hasOwn(known, text) ? known[text] : text);
  return id === undefined || notRoles.includes(id) ? undefined : id;
}
