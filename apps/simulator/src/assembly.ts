import type { Cloud } from './clouds.ts';
import type { Clock } from './clock.ts';
import type { Controlled } from './control/control.ts';
import { ApplicationTokens } from './entra/application-tokens.ts';
import { CallerTokens } from './entra/caller-token.ts';
import { ClientCredentials } from './entra/client-credential.ts';
import { EntraService } from './entra/entra-service.ts';
import { FederatedAssertions } from './entra/federated-assertion.ts';
import { SeenCredentials } from './entra/seen-credentials.ts';
import { TokenEndpoint } from './entra/token-endpoint.ts';
import { BearerTokens } from './graph/bearer-token.ts';
import { dangerousJobRoutes } from './graph/dangerous-job-routes.ts';
import { dangerousPrincipalRoutes } from './graph/dangerous-principal-routes.ts';
import { directoryRoutes } from './graph/directory-routes.ts';
import { GraphService } from './graph/graph-service.ts';
import { jobRoutes } from './graph/job-routes.ts';
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
}

/** Puts Entra and Graph together behind one door; the control acts on the same parts. */
export function assemble(materials: Materials): { readonly door: FrontDoor; readonly parts: Controlled } {
  const { rings, clock, defaultCloud } = materials;
  const directory = new Directory(materials.world);
  const journal = new Journal(materials.journalCapacity);
  const faults = new Faults();
  const paging = { size: 100 };
  const pageSize = () => paging.size;

  const credentials = new ClientCredentials(directory, rings, clock);
  const seen = new SeenCredentials();
  const applicationTokens = new ApplicationTokens(directory, rings, seen, clock, materials.tokenLifetime);
  const tokenEndpoint = new TokenEndpoint(directory, credentials, applicationTokens, seen);
  const entra = new EntraService(directory, rings, tokenEndpoint, clock);
  const graph = new GraphService(new BearerTokens(directory, rings, clock), clock, [
    ...jobRoutes(directory, clock, pageSize),
    ...directoryRoutes(directory, pageSize),
    ...dangerousJobRoutes(directory, clock),
    ...dangerousPrincipalRoutes(directory),
  ]);

  const callerTokens = new CallerTokens(directory, rings, clock, defaultCloud);
  const federatedAssertions = new FederatedAssertions(directory, rings, clock);
  return {
    door: new FrontDoor({ entra, graph, faults, journal, defaultCloud, clock }),
    parts: {
      directory,
      rings,
      journal,
      faults,
      callerTokens,
      federatedAssertions,
      applicationTokens,
      seen,
      paging,
      clock,
    },
  };
}
