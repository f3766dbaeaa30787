import type { Clock } from '../clock.ts';
import { type Exchange, jsonReply, type Reply } from '../http/exchange.ts';
import type { PathParameters, Route, Service } from '../http/route.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import type { Directory } from '../world/directory.ts';
import type { Tenant } from '../world/world.ts';
import { EntraFailure, entraErrorReply } from './entra-failure.ts';
import { instanceDiscovery, keySet, openIdConfiguration, tenantTemplate } from './metadata.ts';
import type { SignInPage } from './sign-in-page.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

type Handler = (exchange: Exchange, tenant: string) => Promise<Reply> | Reply;

const cached = { 'cache-control': 'max-age=86400, private', 'access-control-allow-origin': '*' };

/** Entra as a service: discovery, keys, the token endpoint and the sign-in page of every tenant. */
export class EntraService implements Service {
  readonly name = 'entra';
  readonly routes: readonly Route[];
  readonly #directory: Directory;
  readonly #rings: KeyRings;
  readonly #clock: Clock;

  constructor(
    directory: Directory,
    rings: KeyRings,
    tokenEndpoint: TokenEndpoint,
    signInPage: SignInPage,
    clock: Clock,
  ) {
    this.#directory = directory;
    this.#rings = rings;
    this.#clock = clock;
    const metadata = (version: 1 | 2) => (exchange: Exchange, tenant: string) =>
      jsonReply(200, openIdConfiguration(exchange, this.#documentTenant(tenant), version), cached);
    const keys = (version: 1 | 2) => (exchange: Exchange, tenant: string) => this.#keys(exchange, tenant, version);
    this.routes = [
      this.#route('token', 'POST', 'oauth2/v2\\.0/token', (exchange, tenant) =>
        tokenEndpoint.issue(exchange, this.#tenant(tenant)),
      ),
      this.#route('authorize', 'GET', 'oauth2/v2\\.0/authorize', (exchange, tenant) =>
        signInPage.authorize(exchange, this.#tenant(tenant)),
      ),
      this.#route('logout', 'GET', 'oauth2/v2\\.0/logout', (exchange) => signInPage.signOut(exchange)),
      this.#route('openid-configuration', 'GET', 'v2\\.0/\\.well-known/openid-configuration', metadata(2)),
      this.#route('openid-configuration', 'GET', '\\.well-known/openid-configuration', metadata(1)),
      this.#route('jwks', 'GET', 'discovery/v2\\.0/keys', keys(2)),
      this.#route('jwks', 'GET', 'discovery/keys', keys(1)),
      this.#route('instance-discovery', 'GET', 'discovery/instance', (exchange, tenant) =>
        jsonReply(200, instanceDiscovery(exchange, tenant)),
      ),
    ];
  }

  unmatched(): Reply {
    return { status: 404, headers: {}, body: '' };
  }

  failure(exchange: Exchange, status: number, detail: { readonly message?: string }): Reply {
    const transient = new EntraFailure(
      status === 429 ? 90055 : 90033,
      detail.message ?? 'A transient error has occurred.',
    );
    return entraErrorReply(exchange, transient, this.#clock(), status);
  }

  #route(operation: string, method: string, tail: string, handler: Handler): Route {
    const serve = async (exchange: Exchange, { tenant = '' }: PathParameters): Promise<Reply> => {
      try {
        return await handler(exchange, tenant);
      } catch (error) {
        if (error instanceof EntraFailure) return entraErrorReply(exchange, error, this.#clock());
        throw error;
      }
    };
    const pattern = new RegExp(`^/(?<tenant>[^/]+)/${tail}$`, 'i');
    return { service: this.name, operation, method, pattern, writes: false, dangerous: false, serve };
  }

  #tenant(name: string): Tenant {
    if (this.#isShared(name)) {
      throw new EntraFailure(50059, 'No tenant-identifying information found in the request.');
    }
    const tenant = this.#directory.findTenant(name);
    if (tenant === undefined) {
      throw new EntraFailure(90002, `Tenant '${name}' not found. Check that this is the right tenant and cloud.`);
    }
    return tenant;
  }

  /** The tenant as documents name it: the id, also when the path has the domain. */
  #documentTenant(name: string): string {
    return this.#isShared(name) ? tenantTemplate : this.#tenant(name).id;
  }

  #keys(exchange: Exchange, name: string, version: 1 | 2): Reply {
    const tenant = this.#documentTenant(name);
    const rings = this.#isShared(name) ? this.#rings.all() : [this.#rings.ofTenant(tenant)];
    return jsonReply(200, keySet(exchange, tenant, version, rings), cached);
  }

  #isShared(name: string): boolean {
    return ['common', 'organizations'].includes(name.toLowerCase());
  }
}
