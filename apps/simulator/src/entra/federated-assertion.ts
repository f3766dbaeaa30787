import { z } from 'zod';
import { clouds, issuerOf } from '../clouds.ts';
import { type Clock, secondsOf } from '../clock.ts';
import { signToken } from '../keys/json-web-token.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import { ids } from '../world/default-world.ts';
import type { Directory } from '../world/directory.ts';
import { opaque } from './access-token.ts';

/** An assertion of an identity provider that an application federates with, such as a Kubernetes cluster. */
export const FederatedAssertionRequest = z.strictObject({
  /** The issuer of a tenant in this world gives the token of a managed identity, any other a workload's. */
  issuer: z.string().default('https://oidc.cluster.example/'),
  subject: z.string().default('system:serviceaccount:interlock:interlock'),
  audience: z.string().default('api://AzureADTokenExchange'),
  /** Seconds from now. */
  expiresIn: z.int().default(3600),
  key: z.enum(['current', 'unknown']).default('current'),
});
export type FederatedAssertionRequest = z.infer<typeof FederatedAssertionRequest>;

/** What the default world's managed identity presents. */
export const managedIdentityAssertion: Pick<FederatedAssertionRequest, 'issuer' | 'subject'> = {
  issuer: issuerOf(clouds.global, ids.tenant, 2),
  subject: ids.managedIdentity,
};

/** Signs federated assertions. */
export class FederatedAssertions {
  readonly #directory: Directory;
  readonly #rings: KeyRings;
  readonly #clock: Clock;

  constructor(directory: Directory, rings: KeyRings, clock: Clock) {
    this.#directory = directory;
    this.#rings = rings;
    this.#clock = clock;
  }

  async mint(request: FederatedAssertionRequest): Promise<string> {
    const tenant = this.#directory
      .tenants()
      .find(({ id }) => Object.values(clouds).some((cloud) => issuerOf(cloud, id, 2) === request.issuer));
    const ring = tenant === undefined ? this.#rings.workload : this.#rings.ofTenant(tenant.id);
    const key = request.key === 'current' ? ring.current : await this.#rings.unknown();
    const now = secondsOf(this.#clock);
    const claims = {
      iss: request.issuer,
      sub: request.subject,
      aud: request.audience,
      iat: now,
      nbf: now,
      exp: now + request.expiresIn,
      jti: opaque(),
    };
    return signToken({ typ: 'JWT', alg: 'RS256', kid: key.kid }, claims, 'RS256', key);
  }
}
