import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jsonReply, type Reply } from '../http/exchange.ts';
import type { Directory } from '../world/directory.ts';
import type { ServicePrincipal } from '../world/world.ts';
import { noSuchObject } from './graph-failure.ts';
import { type GraphCall, type GraphRoute, noContent, principalOf } from './graph-route.ts';
import { requireApplicationWrite, requireSynchronization, type SynchronizationAccess } from './permission.ts';
import { bodyOf } from './request-body.ts';

const Secrets = z.object({ value: z.array(z.object({ key: z.string(), value: z.string() })) });
const OwnerReference = z.object({ '@odata.id': z.string() });
const PrincipalPatch = z.object({ displayName: z.string().optional() });

type Path = readonly [operation: string, method: GraphRoute['method'], tail: string];
type Act = (principal: ServicePrincipal, call: GraphCall) => Reply;

/**
 * What else an OwnedBy credential can do to a service principal and to its application, up to acting as it. They work,
 * so that a test can prove that nothing ever reaches them.
 */
export function dangerousPrincipalRoutes(directory: Directory): readonly GraphRoute[] {
  const route = (
    [operation, method, tail]: Path,
    authorize: (call: GraphCall, principal: ServicePrincipal) => void,
    act: Act,
  ): GraphRoute => ({
    operation,
    method,
    path: `/servicePrincipals/{id}${tail}`,
    writes: method !== 'GET',
    dangerous: true,
    serve: (call) => {
      const principal = principalOf(directory, call);
      authorize(call, principal);
      return act(principal, call);
    },
  });
  const owned = (path: Path, act: Act) =>
    route(
      path,
      ({ caller }, principal) => {
        requireApplicationWrite(caller, principal);
      },
      act,
    );
  const synchronization = ([operation, method, tail]: Path, act: Act, access: SynchronizationAccess = 'write') =>
    route(
      [operation, method, `/synchronization${tail}`],
      ({ caller }, principal) => {
        requireSynchronization(caller, principal, access);
      },
      act,
    );

  const addPassword: Act = ({ appId }) => {
    const application = directory.findApplication(appId);
    if (application === undefined) throw noSuchObject(appId);
    const secretText = randomBytes(24).toString('base64url');
    application.secrets.push({ value: secretText });
    return jsonReply(200, { keyId: randomUUID(), secretText, displayName: null });
  };
  const removeOwner: Act = (principal, { caller, parameters: { ownerId = '' } }) => {
    directory.removeOwner(caller.tenant.id, principal.id, ownerId.toLowerCase());
    return noContent;
  };
  const addOwner: Act = (principal, call) => {
    const owner = bodyOf(OwnerReference, call)['@odata.id'].split('/').at(-1) ?? '';
    directory.addOwner(call.caller.tenant.id, principal.id, owner.toLowerCase());
    return noContent;
  };

  return [
    synchronization(['secrets.replace', 'PUT', '/secrets'], replaceSecrets),
    synchronization(['synchronization.acquireAccessToken', 'POST', '/acquireAccessToken'], () => noContent),
    synchronization(['template.list', 'GET', '/templates'], () => jsonReply(200, { value: [] }), 'read'),
    owned(['principal.addPassword', 'POST', '/addPassword'], addPassword),
    owned(['principal.delete', 'DELETE', ''], removePrincipal),
    owned(['principal.update', 'PATCH', ''], updatePrincipal),
    owned(['owner.add', 'POST', '/owners/$ref'], addOwner),
    owned(['owner.remove', 'DELETE', '/owners/{ownerId}/$ref'], removeOwner),
  ];
}

function replaceSecrets(principal: ServicePrincipal, call: GraphCall): Reply {
  principal.synchronizationSecrets = bodyOf(Secrets, call).value.map(({ key }) => key);
  return noContent;
}

function removePrincipal(principal: ServicePrincipal, { caller: { tenant } }: GraphCall): Reply {
  tenant.servicePrincipals = tenant.servicePrincipals.filter((other) => other !== principal);
  return noContent;
}

function updatePrincipal(principal: ServicePrincipal, call: GraphCall): Reply {
  const { displayName } = bodyOf(PrincipalPatch, call);
  if (displayName !== undefined) principal.displayName = displayName;
  return noContent;
}
