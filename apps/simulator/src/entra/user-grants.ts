import { type Exchange, jsonReply, type Reply } from '../http/exchange.ts';
import type { Directory } from '../world/directory.ts';
import type { Tenant } from '../world/world.ts';
import type { TokenClient } from './application-tokens.ts';
import { EntraFailure } from './entra-failure.ts';
import type { SeenCredentials } from './seen-credentials.ts';
import type { SignIn, SignIns } from './sign-ins.ts';
import { findResource, type TokenResource } from './token-resource.ts';
import type { UserTokens } from './user-tokens.ts';

/** Scopes that are the protocol's, not an API's. */
const protocolScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Grants of the token endpoint that are about people. */
export const userGrantTypes = ['authorization_code', 'refresh_token'] as const;
export type UserGrantType = (typeof userGrantTypes)[number];

/** The token endpoint for people: codes with PKCE, and refresh tokens. */
export class UserGrants {
  readonly #directory: Directory;
  readonly #signIns: SignIns;
  readonly #tokens: UserTokens;
  readonly #seen: SeenCredentials;

  constructor(directory: Directory, signIns: SignIns, tokens: UserTokens, seen: SeenCredentials) {
    this.#directory = directory;
    this.#signIns = signIns;
    this.#tokens = tokens;
    this.#seen = seen;
  }

  issue(
    exchange: Exchange,
    tenant: Tenant,
    client: TokenClient,
    grantType: UserGrantType,
    parameter: (name: string) => string,
  ): Reply {
    const clientAppId = client.principal.appId;
    const signIn =
      grantType === 'refresh_token'
        ? this.#signIns.refreshed(parameter('refresh_token'), clientAppId)
        : this.#signIns.redeem(parameter('code'), {
            clientAppId,
            redirectUri: parameter('redirect_uri'),
            verifier: parameter('code_verifier'),
          });
    const user = this.#directory.findUser(tenant, signIn.userId);
    if (user === undefined || signIn.tenantId !== tenant.id) {
      throw new EntraFailure(50173, 'The account does not exist in this tenant any more.');
    }
    const { resource, scopes } = this.#asked(exchange, tenant, signIn);
    const request = { tenant, user, signIn, client, resource, scopes };
    const asked = signIn.scope.split(' ');
    const refreshToken = asked.includes('offline_access') ? this.#signIns.refreshTokenOf(signIn) : undefined;
    if (refreshToken !== undefined) this.#seen.issued(refreshToken);
    return jsonReply(
      200,
      {
        token_type: 'Bearer',
        scope: scopes.map((scope) => `${resource.name}/${scope}`).join(' '),
        expires_in: this.#tokens.lifetime,
        ext_expires_in: this.#tokens.lifetime,
        access_token: this.#tokens.accessToken(request),
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
        ...(asked.includes('openid') ? { id_token: this.#tokens.idToken(request) } : {}),
      },
      { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    );
  }

  /** A token is for one API: all scopes of the sign-in but the protocol's begin with one name of it. */
  #asked(exchange: Exchange, tenant: Tenant, { scope }: SignIn): { resource: TokenResource; scopes: string[] } {
    const asked = scope.split(' ').filter((each) => !protocolScopes.has(each));
    const names = new Set(asked.map((each) => each.slice(0, each.lastIndexOf('/'))));
    const [name = ''] = names;
    const resource = findResource(this.#directory, tenant, exchange.site.cloud, name);
    const scopes = asked.map((each) => each.slice(each.lastIndexOf('/') + 1));
    const known = new Set(resource?.application.appRoles.map(({ value }) => value));
    if (resource === undefined || names.size !== 1 || !scopes.every((each) => known.has(each))) {
      throw new EntraFailure(70011, `The provided value for the input parameter 'scope' is not valid: '${scope}'.`);
    }
    return { resource, scopes };
  }
}
