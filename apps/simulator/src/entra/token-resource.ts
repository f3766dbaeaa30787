import { type Cloud, cloudsSharingAuthority, graphRootOf } from '../clouds.ts';
import type { Directory } from '../world/directory.ts';
import { graphAppId } from '../world/graph-app-roles.ts';
import type { Application, Tenant } from '../world/world.ts';

/** What the client asks a token for: a registered application under one of its names. */
export interface TokenResource {
  readonly application: Application;
  /** The cloud that the token is good in. */
  readonly cloud: Cloud;
  /** The name that the client used. */
  readonly name: string;
}

/** The resource called `name` at the authority of `cloud`, when the tenant has a service principal of it. */
export function findResource(
  directory: Directory,
  tenant: Tenant,
  cloud: Cloud,
  name: string,
): TokenResource | undefined {
  const graphCloud = cloudsSharingAuthority(cloud).find((other) => name.replace(/\/$/, '') === graphRootOf(other));
  const application =
    graphCloud === undefined
      ? (directory.findApplicationByUri(name) ?? directory.findApplication(name.replace(/^api:\/\//, '')))
      : directory.findApplication(graphAppId);
  if (application === undefined || directory.findPrincipalOfApp(tenant, application.appId) === undefined) {
    return undefined;
  }
  return { application, cloud: graphCloud ?? cloud, name };
}
