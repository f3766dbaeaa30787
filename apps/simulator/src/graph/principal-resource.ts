import type { Directory } from '../world/directory.ts';
import type { ServicePrincipal, Tenant, User } from '../world/world.ts';

/** A service principal as Graph shows it. */
export function principalResource(directory: Directory, principal: ServicePrincipal): Record<string, unknown> {
  const application = directory.findApplication(principal.appId);
  return {
    id: principal.id,
    deletedDateTime: null,
    accountEnabled: true,
    appDisplayName: application?.displayName ?? principal.displayName,
    appId: principal.appId,
    appOwnerOrganizationId: application?.homeTenant ?? null,
    appRoleAssignmentRequired: false,
    displayName: principal.displayName,
    servicePrincipalNames: [...(application?.identifierUris ?? []), principal.appId],
    servicePrincipalType: principal.managedIdentity === undefined ? 'Application' : 'ManagedIdentity',
    tags: [],
    appRoles: (application?.appRoles ?? []).map((role) => ({ ...role, isEnabled: true })),
  };
}

/** A person as Graph shows them. */
export function userResource(user: User): Record<string, unknown> {
  return { id: user.id, displayName: user.displayName, userPrincipalName: user.userPrincipalName };
}

/** What a service principal was granted, one entry per app role. */
export function appRoleAssignments(
  directory: Directory,
  tenant: Tenant,
  principal: ServicePrincipal,
): readonly Record<string, unknown>[] {
  return principal.grants.map((grant) => {
    const resource = directory.findPrincipalOfApp(tenant, grant.resourceAppId);
    const role = directory.findApplication(grant.resourceAppId)?.appRoles.find(({ value }) => value === grant.role);
    return {
      id: grant.id,
      deletedDateTime: null,
      appRoleId: role?.id ?? null,
      createdDateTime: '2026-01-05T08:00:00Z',
      principalDisplayName: principal.displayName,
      principalId: principal.id,
      principalType: 'ServicePrincipal',
      resourceDisplayName: resource?.displayName ?? null,
      resourceId: resource?.id ?? null,
    };
  });
}
