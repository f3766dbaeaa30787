import { randomUUID } from 'node:crypto';
import type { JobState } from './job-state.ts';
import type { Application, Grant, Job, ServicePrincipal, Tenant, User, World } from './world.ts';

/** The world named something that is not there: a mistake of whoever uses the control port. */
export class NotInWorld extends Error {
  override readonly name = 'NotInWorld';
}

function required<Thing>(thing: Thing | undefined, what: string): Thing {
  if (thing === undefined) throw new NotInWorld(`no ${what} in this world`);
  return thing;
}

/** The state of the world, and the questions that Entra and Graph ask of it. */
export class Directory {
  readonly #initial: World;
  #world: World;

  constructor(world: World) {
    this.#initial = structuredClone(world);
    this.#world = structuredClone(world);
  }

  /** Forgets every change since the start. */
  reset(): void {
    this.#world = structuredClone(this.#initial);
  }

  snapshot(): World {
    return structuredClone(this.#world);
  }

  tenants(): readonly Tenant[] {
    return this.#world.tenants;
  }

  /** By id or by verified domain, as in the path of the token endpoint. */
  findTenant(name: string): Tenant | undefined {
    const wanted = name.toLowerCase();
    return this.#world.tenants.find((tenant) => tenant.id === wanted || tenant.domain === wanted);
  }

  tenant(name: string): Tenant {
    return required(this.findTenant(name), `tenant ${name}`);
  }

  findApplication(appId: string): Application | undefined {
    return this.#world.applications.find((app) => app.appId === appId.toLowerCase());
  }

  findApplicationByUri(identifierUri: string): Application | undefined {
    return this.#world.applications.find((app) => app.identifierUris.includes(identifierUri));
  }

  application(appId: string): Application {
    return required(this.findApplication(appId), `application ${appId}`);
  }

  findPrincipal(tenant: Tenant, id: string): ServicePrincipal | undefined {
    return tenant.servicePrincipals.find((principal) => principal.id === id.toLowerCase());
  }

  findPrincipalOfApp(tenant: Tenant, appId: string): ServicePrincipal | undefined {
    return tenant.servicePrincipals.find((principal) => principal.appId === appId.toLowerCase());
  }

  principal(tenant: Tenant, id: string): ServicePrincipal {
    return required(this.findPrincipal(tenant, id), `service principal ${id}`);
  }

  /** A managed identity of the host, by its client id; without one the system-assigned identity. */
  findManagedIdentity(
    clientId?: string,
  ): { readonly tenant: Tenant; readonly principal: ServicePrincipal } | undefined {
    const isMeant = ({ managedIdentity, appId }: ServicePrincipal) =>
      managedIdentity !== undefined &&
      (clientId === undefined ? managedIdentity === 'system-assigned' : appId === clientId.toLowerCase());
    for (const tenant of this.#world.tenants) {
      const principal = tenant.servicePrincipals.find(isMeant);
      if (principal !== undefined) return { tenant, principal };
    }
    return undefined;
  }

  findUser(tenant: Tenant, id: string): User | undefined {
    return tenant.users.find((user) => user.id === id.toLowerCase());
  }

  /** Values of the app roles that `principal` was given on a resource. */
  rolesOn(principal: ServicePrincipal, resourceAppId: string): readonly string[] {
    return principal.grants.filter((grant) => grant.resourceAppId === resourceAppId).map((grant) => grant.role);
  }

  /** The same of a person. */
  rolesOf(user: User, resourceAppId: string): readonly string[] {
    return user.grants.filter((grant) => grant.resourceAppId === resourceAppId).map((grant) => grant.role);
  }

  owned(tenant: Tenant, ownerId: string): readonly ServicePrincipal[] {
    return tenant.servicePrincipals.filter((principal) => principal.owners.includes(ownerId));
  }

  /** Job ids are compared as they are, case and all. */
  findJob(principal: ServicePrincipal, jobId: string): Job | undefined {
    return principal.jobs.find((job) => job.id === jobId);
  }

  job(tenantName: string, servicePrincipalId: string, jobId: string): Job {
    const principal = this.principal(this.tenant(tenantName), servicePrincipalId);
    return required(this.findJob(principal, jobId), `job ${jobId}`);
  }

  setJobState(tenantName: string, servicePrincipalId: string, jobId: string, state: JobState): void {
    this.job(tenantName, servicePrincipalId, jobId).state = state;
  }

  grant(tenantName: string, principalId: string, resourceAppId: string, role: string): Grant {
    const principal = this.principal(this.tenant(tenantName), principalId);
    required(
      this.application(resourceAppId).appRoles.find((known) => known.value === role),
      `app role ${role}`,
    );
    const held = principal.grants.find((grant) => grant.resourceAppId === resourceAppId && grant.role === role);
    if (held !== undefined) return held;
    const added = { id: randomUUID(), resourceAppId, role };
    principal.grants.push(added);
    return added;
  }

  revoke(tenantName: string, principalId: string, resourceAppId: string, role: string): void {
    const principal = this.principal(this.tenant(tenantName), principalId);
    principal.grants = principal.grants.filter((grant) => grant.resourceAppId !== resourceAppId || grant.role !== role);
  }

  addOwner(tenantName: string, principalId: string, ownerId: string): void {
    const principal = this.principal(this.tenant(tenantName), principalId);
    if (!principal.owners.includes(ownerId)) principal.owners.push(ownerId);
  }

  removeOwner(tenantName: string, principalId: string, ownerId: string): void {
    const principal = this.principal(this.tenant(tenantName), principalId);
    principal.owners = principal.owners.filter((owner) => owner !== ownerId);
  }
}
