import type { Cloud } from './clouds.ts';
import type { Clock } from './clock.ts';
import type { Controlled } from './control/control.ts';
import { AzureHostService } from './azure-host/host-service.ts';
import { ManagedIdentityTokens } from './azure-host/managed-identity-tokens.ts';
import { ApplicationTokens } from './entra/application-tokens.ts';
import { CallerTokens } from './entra/caller-token.ts';
import { ClientCredentials } from './entra/client-credential.ts';
import { EntraService } from './entra/entra-service.ts';
import { FederatedAssertions } from './entra/federated-assertion.ts';
import { LogoutTokens } from './entra/logout-tokens.ts';
import { SeenCredentials } from './entra/seen-credentials.ts';
import { SignInPage } from './entra/sign-in-page.ts';
import { SignIns } from './entra/sign-ins.ts';
import { UserGrants } from './entra/user-grants.ts';
import { UserTokens } from './entra/user-tokens.ts';
import { TokenEndpoint } from './entra/token-endpoint.ts';
import { BearerTokens } from './graph/bearer-token.ts';
import { dangerousJobRoutes } from './graph/dangerous-job-routes.ts';
import { dangerousPrincipalRoutes } from './graph/dangerous-principal-routes.ts';
import { directoryRoutes } from './graph/directory-routes.ts';
import { GraphService } from './graph/graph-service.ts';
import { jobRoutes } from './graph/job-routes.ts';
import type { Exchange } from './http/exchange.ts';
import { Faults } from './http/faults.ts';
import { FrontDoor } from './http/front-door.ts';
import { Journal } from './http/journal.ts';
import type { KeyRings } from './keys/key-rings.ts';
import { Directory } from './world/directory.ts';
import type { World } from './world/world.ts';

/** What the simulated world is made from. */
export interface Materials {
  readonly world: World;
  readonly rings: KeyRings;
  readonly clock: Clock;
  readonly defaultCloud: Cloud;
  readonly tokenLifetime: number;
  readonly journalCapacity: number;
  /** Secret of the managed identity endpoint of App Service. */
  readonly identityHeader: string;
}

export interface Assembly {
  /** Of Entra and Graph. */
  readonly door: FrontDoor;
  /** Of the Azure host. */
  readonly hostDoor: FrontDoor;
  readonly parts: Controlled;
}

/** Puts Entra and Graph together behind one door and the Azure host behind another; the control acts on all of it. */
export function assemble(materials: Materials): Assembly {
  const { rings, clock, defaultCloud } = materials;
  const directory = new Directory(materials.world);
  const journal = new Journal(materials.journalCapacity);
  const faults = new Faults();
  const paging = { size: 100 };
  const pageSize = () => paging.size;

  const credentials = new ClientCredentials(directory, rings, clock);
  const seen = new SeenCredentials();
  const applicationTokens = new ApplicationTokens(directory, rings, seen, clock, materials.tokenLifetime);
  const signIns = new SignIns(clock);
  const userTokens = new UserTokens(directory, rings, seen, clock, materials.tokenLifetime);
  const userGrants = new UserGrants(directory, signIns, userTokens, seen);
  const tokenEndpoint = new TokenEndpoint(directory, credentials, applicationTokens, userGrants, seen);
  const entra = new EntraService(directory, rings, tokenEndpoint, new SignInPage(directory, signIns), clock);
  const graph = new GraphService(new BearerTokens(directory, rings, clock), clock, [
    ...jobRoutes(directory, clock, pageSize),
    ...directoryRoutes(directory, pageSize),
    ...dangerousJobRoutes(directory, clock),
    ...dangerousPrincipalRoutes(directory),
  ]);

  const callerTokens = new CallerTokens(directory, rings, clock, defaultCloud);
  const federatedAssertions = new FederatedAssertions(directory, rings, clock);
  const azureHost = new AzureHostService(
    new ManagedIdentityTokens({
      directory,
      tokens: applicationTokens,
      assertions: federatedAssertions,
      seen,
      cloud: defaultCloud,
      clock,
    }),
    materials.identityHeader,
  );
  const serviceOf = ({ site: { serves }, path }: Exchange) =>
    serves === 'graph' || (serves === 'both' && /^\/(v1\.0|beta)(\/|$)/i.test(path)) ? graph : entra;
  const door = { faults, journal, defaultCloud, clock };
  return {
    door: new FrontDoor({ ...door, serviceOf }),
    hostDoor: new FrontDoor({ ...door, serviceOf: () => azureHost }),
    parts: {
      directory,
      rings,
      journal,
      faults,
      callerTokens,
      federatedAssertions,
      applicationTokens,
      signIns,
      userTokens,
      logoutTokens: new LogoutTokens(rings, clock, defaultCloud),
      seen,
      paging,
      clock,
    },
  };
}
