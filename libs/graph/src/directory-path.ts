import type { ClientId, ObjectId } from '#kernel';
import type { GraphPath } from './graph-path.ts';

const principals = '/v1.0/servicePrincipals';

/** @see https://learn.microsoft.com/graph/api/serviceprincipal-get */
export function principalPath(clientId: ClientId): GraphPath {
  return {
    path: `${principals}(appId='${encodeURIComponent(clientId)}')`,
    template: `${principals}(appId='{appId}')`,
  };
}

/** @see https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments */
export function appRoleAssignmentsPath(principal: ObjectId): GraphPath {
  return below(principal, 'appRoleAssignments');
}

/** @see https://learn.microsoft.com/graph/api/serviceprincipal-list-ownedobjects */
export function ownedObjectsPath(principal: ObjectId): GraphPath {
  return below(principal, 'ownedObjects');
}

function below(principal: ObjectId, collection: string): GraphPath {
  return {
    path: `${principals}/${encodeURIComponent(principal)}/${collection}`,
    template: `${principals}/{id}/${collection}`,
  };
}
