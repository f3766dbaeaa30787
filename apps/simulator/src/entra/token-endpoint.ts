import { type Cloud, cloudsSharingAuthority, graphRootOf } from '../clouds.ts';
import { type Clock, secondsOf } from '../clock.ts';
import { type Exchange, jsonReply, type Reply } from '../http/exchange.ts';
import { signGraphToken, signToken } from '../keys/json-web-token.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import type { Directory } from '../world/directory.ts';
import { graphAppId } from '../world/graph-app-roles.ts';
import type { Application, ServicePrincipal, Tenant } from '../world/world.ts';
import { accessTokenClaims, opaque } from './access-token.ts';
import { assertionType, type ClientCredentials } from './client-credential.ts';
import { EntraFailure } from './entra-failure.ts';

const twoHours = 7200;

/** What tokens for Graph have besides. The directory role is no role: every app-only token carries this placeholder. */
const graphOnly = { tenant_region_scope: 'EU', wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'] };

/** What the client asks a token for: a registered application under one of its names. */
interface Resource {
  readonly application: Application;
  /** The cloud that the token is good in. */
  readonly cloud: Cloud;
  /** The name that the client used. */
  readonly name: string;
}

interface Client {
  readonly application: Application;
  readonly principal: ServicePrincipal;
  readonly proof: '1' | '2';
}

function parameter(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') {
    throw new EntraFailure(900144, `The request body must contain the following parameter: '${name}'.`);
  }
  return value;
}

/** client_secret_basic (RFC 6749 §2.3.1) as form parameters. */
function withBasicCredentials(exchange: Exchange, form: URLSearchParams): URLSearchParams {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(exchange.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return form;
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
  form.set('client_id', decode(clientId));
  form.set('client_secret', decode(secret.join(':')));
  return form;
}

/**
 * The OAuth 2.0 token endpoint, v2.0, for client credentials.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export class TokenEndpoint {
  /** Seconds that issued tokens live. */
  lifetime: number;
  readonly #directory: Directory;
  readonly #rings: KeyRings;
  readonly #credentials: ClientCredentials;
  readonly #clock: Clock;

  constructor(directory: Directory, rings: KeyRings, credentials: ClientCredentials, clock: Clock, lifetime: number) {
    this.#directory = directory;
    this.#rings = rings;
    this.#credentials = credentials;
    this.#clock = clock;
    this.lifetime = lifetime;
  }

  async issue(exchange: Exchange, tenant: Tenant): Promise<Reply> {
    const form = withBasicCredentials(exchange, new URLSearchParams(exchange.body.toString()));
    const grantType = parameter(form, 'grant_type');
    if (grantType !== 'client_credentials') {
      throw new EntraFailure(70003, `The app requested an unsupported grant type '${grantType}'.`);
    }
    const clientId = parameter(form, 'client_id');
    const scope = parameter(form, 'scope');
    const client = await this.#authenticate(exchange, tenant, clientId, form);
    exchange.caller = { tenantId: tenant.id, appId: client.application.appId, objectId: client.principal.id };
    const resource = this.#resource(exchange, tenant, scope);
    return this.#reply(this.#token(tenant, client, resource));
  }

  async #authenticate(exchange: Exchange, tenant: Tenant, clientId: string, form: URLSearchParams): Promise<Client> {
    const application = this.#directory.findApplication(clientId);
    const principal = this.#directory.findPrincipalOfApp(tenant, clientId);
    if (application === undefined || principal === undefined) {
      const where = `the directory '${tenant.displayName}'`;
      throw new EntraFailure(700016, `Application with identifier '${clientId}' was not found in ${where}.`);
    }
    const assertion = form.get('client_assertion');
    if (assertion !== null) {
      if (parameter(form, 'client_assertion_type') !== assertionType) {
        throw new EntraFailure(50027, `The client assertion type has to be '${assertionType}'.`);
      }
      await this.#credentials.byAssertion(exchange, tenant, application, assertion);
      return { application, principal, proof: '2' };
    }
    const secret = form.get('client_secret');
    if (secret === null || secret === '') {
      throw new EntraFailure(7000218, "The request body must contain 'client_assertion' or 'client_secret'.");
    }
    this.#credentials.bySecret(application, secret);
    return { application, principal, proof: '1' };
  }

  #resource(exchange: Exchange, tenant: Tenant, scope: string): Resource {
    if (/\s/.test(scope.trim()))
      throw new EntraFailure(70011, `The provided value for 'scope' is not valid: '${scope}'.`);
    if (!scope.endsWith('/.default')) {
      throw new EntraFailure(
        1002012,
        `Scope '${scope}' is not valid: client credentials need a resource and '/.default'.`,
      );
    }
    const name = scope.slice(0, -'/.default'.length);
    const graphCloud = cloudsSharingAuthority(exchange.site.cloud).find(
      (cloud) => name.replace(/\/$/, '') === graphRootOf(cloud),
    );
    const application = graphCloud === undefined ? this.#registered(name) : this.#directory.findApplication(graphAppId);
    if (application === undefined || this.#directory.findPrincipalOfApp(tenant, application.appId) === undefined) {
      throw new EntraFailure(
        500011,
        `The resource principal named '${name}' was not found in the tenant '${tenant.id}'.`,
      );
    }
    return { application, cloud: graphCloud ?? exchange.site.cloud, name };
  }

  #registered(name: string): Application | undefined {
    return this.#directory.findApplicationByUri(name) ?? this.#directory.findApplication(name.replace(/^api:\/\//, ''));
  }

  #token(tenant: Tenant, client: Client, resource: Resource): string {
    const version = resource.application.accessTokenVersion;
    const now = secondsOf(this.#clock);
    const claims = accessTokenClaims({
      version,
      cloud: resource.cloud,
      tenantId: tenant.id,
      audience: version === 1 ? resource.name : resource.application.appId,
      clientAppId: client.application.appId,
      clientName: client.application.displayName,
      clientProof: client.proof,
      subject: { kind: 'application' },
      oid: client.principal.id,
      sub: client.principal.id,
      roles: this.#directory.rolesOn(client.principal, resource.application.appId),
      idtyp: resource.application.emitsIdtyp,
      issuedAt: now,
      notBefore: now,
      expiresAt: now + this.lifetime,
    });
    const key = this.#rings.ofTenant(tenant.id).current;
    const header = { typ: 'JWT', alg: 'RS256', kid: key.kid, ...(version === 1 ? { x5t: key.kid } : {}) };
    return resource.application.appId === graphAppId
      ? signGraphToken({ ...header, nonce: opaque() }, { ...claims, ...graphOnly }, key)
      : signToken(header, claims, 'RS256', key);
  }

  #reply(token: string): Reply {
    const lasting = this.lifetime > twoHours ? { refresh_in: Math.floor(this.lifetime / 2) } : {};
    return jsonReply(
      200,
      {
        token_type: 'Bearer',
        expires_in: this.lifetime,
        ext_expires_in: this.lifetime,
        ...lasting,
        access_token: token,
      },
      { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    );
  }
}
