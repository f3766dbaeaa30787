import type { ServicePrincipal } from '../world/world.ts';
import type { GraphCaller } from './bearer-token.ts';
import { insufficientPrivileges, unexplained } from './graph-failure.ts';

/** `settings` is PATCH of a job, which ownership does not allow. */
export type SynchronizationAccess = 'read' | 'write' | 'settings';

function holdsOne(caller: GraphCaller, roles: readonly string[]): boolean {
  return roles.some((role) => caller.roles.includes(role));
}

/** Whether the app may use OwnedBy on this service principal. Owning the app registration does not count. */
export function ownsByPermission(caller: GraphCaller, target: ServicePrincipal): boolean {
  return caller.roles.includes('Application.ReadWrite.OwnedBy') && target.owners.includes(caller.objectId);
}

/**
 * Application permissions of the synchronization API. Without any the answer is the unexplained 401; a permission that
 * is of the right kind but too small gives 403.
 * @see https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-pause
 */
export function requireSynchronization(
  caller: GraphCaller,
  target: ServicePrincipal,
  access: SynchronizationAccess,
): void {
  if (caller.roles.includes('Synchronization.ReadWrite.All')) return;
  if (access === 'read' && caller.roles.includes('Synchronization.Read.All')) return;
  const owns = ownsByPermission(caller, target);
  if (owns && access !== 'settings') return;
  if (owns || caller.roles.includes('Synchronization.Read.All')) throw insufficientPrivileges();
  throw unexplained();
}

/** Reading applications and service principals. OwnedBy reads them all, not only its own. */
export function requireDirectoryRead(caller: GraphCaller): void {
  const enough = [
    'Application.ReadWrite.OwnedBy',
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ];
  if (!holdsOne(caller, enough)) throw insufficientPrivileges();
}

/** Changing a service principal or its application. */
export function requireApplicationWrite(caller: GraphCaller, target: ServicePrincipal): void {
  const enough = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];
  if (!holdsOne(caller, enough) && !ownsByPermission(caller, target)) throw insufficientPrivileges();
}

/** Whether the app sees more of a person than the id. */
export function readsPeople(caller: GraphCaller): boolean {
  return holdsOne(caller, ['Directory.Read.All', 'Directory.ReadWrite.All']);
}
