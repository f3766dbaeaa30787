import { type Exchange, jsonReply, type Reply } from '../http/exchange.ts';
import type { Directory } from '../world/directory.ts';
import type { Tenant } from '../world/world.ts';
import type { ApplicationTokens, TokenClient } from './application-tokens.ts';
import { assertionType, type ClientCredentials } from './client-credential.ts';
import { EntraFailure } from './entra-failure.ts';
import type { SeenCredentials } from './seen-credentials.ts';
import { findResource, type TokenResource } from './token-resource.ts';
import { type UserGrants, userGrantTypes } from './user-grants.ts';

const twoHours = 7200;

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
 * The OAuth 2.0 token endpoint, v2.0: client credentials here, people in {@link UserGrants}.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export class TokenEndpoint {
  readonly #directory: Directory;
  readonly #credentials: ClientCredentials;
  readonly #tokens: ApplicationTokens;
  readonly #users: UserGrants;
  readonly #seen: SeenCredentials;

  constructor(
    directory: Directory,
    credentials: ClientCredentials,
    tokens: ApplicationTokens,
    users: UserGrants,
    seen: SeenCredentials,
  ) {
    this.#directory = directory;
    this.#credentials = credentials;
    this.#tokens = tokens;
    this.#users = users;
    this.#seen = seen;
  }

  async issue(exchange: Exchange, tenant: Tenant): Promise<Reply> {
    const form = withBasicCredentials(exchange, new URLSearchParams(exchange.body.toString()));
    const grantType = parameter(form, 'grant_type');
    const ofUser = userGrantTypes.find((known) => known === grantType);
    if (grantType !== 'client_credentials' && ofUser === undefined) {
      throw new EntraFailure(70003, `The app requested an unsupported grant type '${grantType}'.`);
    }
    const clientId = parameter(form, 'client_id');
    const scope = ofUser === undefined ? parameter(form, 'scope') : '';
    const client = await this.#authenticate(exchange, tenant, clientId, form);
    exchange.caller = { tenantId: tenant.id, appId: client.principal.appId, objectId: client.principal.id };
    if (ofUser !== undefined) {
      return this.#users.issue(exchange, tenant, client, ofUser, (name) => parameter(form, name));
    }
    const resource = this.#resource(exchange, tenant, scope);
    return this.#reply(this.#tokens.sign(tenant, client, resource));
  }

  async #authenticate(
    exchange: Exchange,
    tenant: Tenant,
    clientId: string,
    form: URLSearchParams,
  ): Promise<TokenClient> {
    const application = this.#directory.findApplication(clientId);
    const principal = this.#directory.findPrincipalOfApp(tenant, clientId);
    if (application === undefined || principal === undefined) {
      const where = `the directory '${tenant.displayName}'`;
      throw new EntraFailure(700016, `Application with identifier '${clientId}' was not found in ${where}.`);
    }
    const name = application.displayName;
    const assertion = form.get('client_assertion');
    if (assertion !== null) {
      this.#seen.presented(assertion);
      if (parameter(form, 'client_assertion_type') !== assertionType) {
        throw new EntraFailure(50027, `The client assertion type has to be '${assertionType}'.`);
      }
      await this.#credentials.byAssertion(exchange, tenant, application, assertion);
      return { principal, name, proof: '2' };
    }
    const secret = form.get('client_secret');
    if (secret === null || secret === '') {
      throw new EntraFailure(7000218, "The request body must contain 'client_assertion' or 'client_secret'.");
    }
    this.#seen.presented(secret);
    this.#credentials.bySecret(application, secret);
    return { principal, name, proof: '1' };
  }

  #resource(exchange: Exchange, tenant: Tenant, scope: string): TokenResource {
    if (/\s/.test(scope.trim()))
      throw new EntraFailure(70011, `The provided value for 'scope' is not valid: '${scope}'.`);
    if (!scope.endsWith('/.default')) {
      throw new EntraFailure(
        1002012,
        `Scope '${scope}' is not valid: client credentials need a resource and '/.default'.`,
      );
    }
    const name = scope.slice(0, -'/.default'.length);
    const resource = findResource(this.#directory, tenant, exchange.site.cloud, name);
    if (resource === undefined) {
      throw new EntraFailure(
        500011,
        `The resource principal named '${name}' was not found in the tenant '${tenant.id}'.`,
      );
    }
    return resource;
  }

  #reply(token: string): Reply {
    const { lifetime } = this.#tokens;
    const lasting = lifetime > twoHours ? { refresh_in: Math.floor(lifetime / 2) } : {};
    return jsonReply(
      200,
      {
        token_type: 'Bearer',
        expires_in: lifetime,
        ext_expires_in: lifetime,
        ...lasting,
        access_token: token,
      },
      { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    );
  }
}
