import { type Cloud, issuerOf } from '../clouds.ts';
import { type Clock, secondsOf } from '../clock.ts';
import type { ApplicationTokens } from '../entra/application-tokens.ts';
import type { FederatedAssertions } from '../entra/federated-assertion.ts';
import type { SeenCredentials } from '../entra/seen-credentials.ts';
import { findResource } from '../entra/token-resource.ts';
import type { Directory } from '../world/directory.ts';
import type { ServicePrincipal, Tenant } from '../world/world.ts';

/** A token of a managed identity and what both endpoints tell about it. */
export interface ManagedIdentityToken {
  readonly token: string;
  readonly clientId: string;
  readonly resource: string;
  /** NumericDates. */
  readonly notBefore: number;
  readonly expiresAt: number;
}

/** Why there is no token: no such identity on this host, or no such resource in its tenant. */
export type NoToken = 'unknown_identity' | 'unknown_resource';

/** Issues what managed identities ask for: access tokens, and assertions for applications that trust them. */
export class ManagedIdentityTokens {
  readonly #directory: Directory;
  readonly #tokens: ApplicationTokens;
  readonly #assertions: FederatedAssertions;
  readonly #seen: SeenCredentials;
  readonly #cloud: Cloud;
  readonly #clock: Clock;

  constructor(parts: {
    readonly directory: Directory;
    readonly tokens: ApplicationTokens;
    readonly assertions: FederatedAssertions;
    readonly seen: SeenCredentials;
    readonly cloud: Cloud;
    readonly clock: Clock;
  }) {
    this.#directory = parts.directory;
    this.#tokens = parts.tokens;
    this.#assertions = parts.assertions;
    this.#seen = parts.seen;
    this.#cloud = parts.cloud;
    this.#clock = parts.clock;
  }

  async issue(resource: string, clientId?: string): Promise<ManagedIdentityToken | NoToken> {
    const identity = this.#directory.findManagedIdentity(clientId);
    if (identity === undefined) return 'unknown_identity';
    const { tenant, principal } = identity;
    const notBefore = secondsOf(this.#clock);
    const token = await this.#sign(tenant, principal, resource);
    if (token === undefined) return 'unknown_resource';
    const expiresAt = notBefore + this.#tokens.lifetime;
    return { token, clientId: principal.appId, resource, notBefore, expiresAt };
  }

  async #sign(tenant: Tenant, principal: ServicePrincipal, resource: string): Promise<string | undefined> {
    if (resource === this.#cloud.tokenExchange) {
      const issuer = issuerOf(this.#cloud, tenant.id, 2);
      const expiresIn = this.#tokens.lifetime;
      const subject = principal.id;
      const assertion = await this.#assertions.mint({ issuer, subject, audience: resource, expiresIn, key: 'current' });
      this.#seen.issued(assertion);
      return assertion;
    }
    const found = findResource(this.#directory, tenant, this.#cloud, resource);
    return found && this.#tokens.sign(tenant, { principal, name: principal.displayName, proof: '2' }, found);
  }
}
