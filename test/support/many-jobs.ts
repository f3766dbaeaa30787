import { defaultWorld, ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { World } from '../../apps/simulator/src/world/world.ts';

/** The service principal that gets the jobs. */
export const crowdedPrincipal = jobs.crossTenant.servicePrincipalId;

/** Ids of the added jobs. */
export const manyJobIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `many.${String(at).padStart(4, '0')}`);

/** The default world with that many more running jobs, all of one service principal that Interlock owns. */
export function crowdedWorld(count: number): World {
  const world = defaultWorld();
  const principals = world.tenants.find(({ id }) => id === ids.tenant)?.servicePrincipals ?? [];
  const crowded = principals.find(({ id }) => id === crowdedPrincipal);
  if (crowded === undefined) throw new Error('the default world has lost a service principal');
  crowded.jobs.push(
    ...manyJobIds(count).map((id) => ({ id, templateId: 'many', cadence: 40, state: { kind: 'active' as const } })),
  );
  return world;
}
