import type { Directory } from '../world/directory.ts';
import type { ServicePrincipal } from '../world/world.ts';
import { collectionReply, entityReply } from './collection.ts';
import { GraphFailure, noSuchObject } from './graph-failure.ts';
import { type GraphCall, type GraphRoute, principalOf } from './graph-route.ts';
import { readsPeople, requireDirectoryRead } from './permission.ts';
import { appRoleAssignments, principalResource, userResource } from './principal-resource.ts';

const read = { method: 'GET', writes: false, dangerous: false } as const;
const principalType = { '@odata.type': '#microsoft.graph.servicePrincipal' };
const userType = { '@odata.type': '#microsoft.graph.user' };

/** The reads of service principals that a self-check of Interlock's own rights needs. */
export function directoryRoutes(directory: Directory, pageSize: () => number): readonly GraphRoute[] {
  const one = (call: GraphCall, principal: ServicePrincipal) =>
    entityReply(call.exchange, 'servicePrincipals/$entity', principalResource(directory, principal));

  const owners = (call: GraphCall) =>
    principalOf(directory, call).owners.map((id) => {
      const principal = directory.findPrincipal(call.caller.tenant, id);
      if (principal !== undefined) return { ...principalType, ...principalResource(directory, principal) };
      const user = directory.findUser(call.caller.tenant, id);
      // Without the right to read people an owner is an id and a type.
      return { ...userType, ...(user !== undefined && readsPeople(call.caller) ? userResource(user) : { id }) };
    });

  const collection = (
    operation: string,
    tail: string,
    items: (call: GraphCall) => readonly Record<string, unknown>[],
  ) => ({
    ...read,
    operation,
    path: `/servicePrincipals/{id}/${tail}`,
    serve: (call: GraphCall) => {
      requireDirectoryRead(call.caller);
      const context = tail === 'appRoleAssignments' ? 'appRoleAssignments' : 'directoryObjects';
      return collectionReply(call.exchange, context, items(call), pageSize());
    },
  });

  return [
    {
      ...read,
      operation: 'principal.get',
      path: '/servicePrincipals/{id}',
      serve: (call) => {
        requireDirectoryRead(call.caller);
        return one(call, principalOf(directory, call));
      },
    },
    {
      ...read,
      operation: 'principal.get',
      path: "/servicePrincipals(appId='{appId}')",
      serve: (call) => {
        requireDirectoryRead(call.caller);
        const { appId = '' } = call.parameters;
        const principal = directory.findPrincipalOfApp(call.caller.tenant, appId);
        if (principal === undefined) throw noSuchObject(appId);
        return one(call, principal);
      },
    },
    {
      ...read,
      operation: 'principal.list',
      path: '/servicePrincipals',
      serve: (call) => {
        requireDirectoryRead(call.caller);
        const found = filtered(call.caller.tenant.servicePrincipals, call.exchange.query.get('$filter'));
        const items = found.map((principal) => principalResource(directory, principal));
        return collectionReply(call.exchange, 'servicePrincipals', items, pageSize());
      },
    },
    collection('principal.owners', 'owners', owners),
    collection('principal.owned', 'ownedObjects', (call) =>
      directory
        .owned(call.caller.tenant, principalOf(directory, call).id)
        .map((owned) => ({ ...principalType, ...principalResource(directory, owned) })),
    ),
    collection('principal.grants', 'appRoleAssignments', (call) =>
      appRoleAssignments(directory, call.caller.tenant, principalOf(directory, call)),
    ),
  ];
}

function filtered(principals: readonly ServicePrincipal[], filter: string | null): readonly ServicePrincipal[] {
  if (filter === null) return principals;
  const appId = /^appId eq '([^']+)'$/.exec(filter.trim())?.[1]?.toLowerCase();
  if (appId === undefined) throw new GraphFailure(400, 'BadRequest', 'Invalid filter clause.');
  return principals.filter((principal) => principal.appId === appId);
}
