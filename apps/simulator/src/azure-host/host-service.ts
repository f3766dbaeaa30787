import { timingSafeEqual } from 'node:crypto';
import { type Exchange, jsonReply, type Reply } from '../http/exchange.ts';
import type { Route, Service } from '../http/route.ts';
import type { ManagedIdentityTokens } from './managed-identity-tokens.ts';

const appServiceVersion = '2019-08-01';

/**
 * What Azure gives a workload that runs on it: tokens of the host's managed identities, by the endpoint of App Service
 * and by the Instance Metadata Service of virtual machines. Both speak plain HTTP.
 * @see https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
 */
export class AzureHostService implements Service {
  readonly name = 'azure-host';
  readonly routes: readonly Route[];
  readonly #tokens: ManagedIdentityTokens;
  readonly #identityHeader: Buffer;

  /** `identityHeader`: the value of IDENTITY_HEADER, which a workload on App Service has to present. */
  constructor(tokens: ManagedIdentityTokens, identityHeader: string) {
    this.#tokens = tokens;
    this.#identityHeader = Buffer.from(identityHeader);
    this.routes = [
      this.#route('app-service-token', '/msi/token', (exchange) => this.#appService(exchange)),
      this.#route('imds-token', '/metadata/identity/oauth2/token', (exchange) => this.#imds(exchange)),
    ];
  }

  unmatched(): Reply {
    return { status: 404, headers: {}, body: '' };
  }

  failure(_exchange: Exchange, status: number, detail: { readonly message?: string }): Reply {
    return jsonReply(status, { error: 'unknown', error_description: detail.message ?? 'Failed to retrieve a token.' });
  }

  async #appService({ headers, query }: Exchange): Promise<Reply> {
    const refused = (status: number, message: string) => jsonReply(status, { statusCode: status, message });
    const shown = Buffer.from(String(headers['x-identity-header'] ?? ''));
    if (shown.length !== this.#identityHeader.length || !timingSafeEqual(shown, this.#identityHeader)) {
      return refused(401, 'The X-IDENTITY-HEADER is missing or wrong.');
    }
    if (query.get('api-version') !== appServiceVersion) return refused(400, 'The api-version is not supported.');
    const resource = query.get('resource') ?? '';
    const token = await this.#tokens.issue(resource, query.get('client_id') ?? undefined);
    if (token === 'unknown_identity') return refused(400, 'No managed identity found for the specified ClientId.');
    if (token === 'unknown_resource') return refused(400, `AADSTS500011: The resource '${resource}' was not found.`);
    return jsonReply(200, {
      access_token: token.token,
      client_id: token.clientId,
      expires_on: String(token.expiresAt),
      not_before: String(token.notBefore),
      resource,
      token_type: 'Bearer',
    });
  }

  async #imds({ headers, query }: Exchange): Promise<Reply> {
    const refused = (error: string, description: string) => jsonReply(400, { error, error_description: description });
    if (headers['metadata'] !== 'true') return refused('bad_request_102', 'Required metadata header not specified');
    if (!query.has('api-version'))
      return refused('invalid_request', "Required query variable 'api-version' is missing");
    const resource = query.get('resource') ?? '';
    const token = await this.#tokens.issue(resource, query.get('client_id') ?? undefined);
    if (token === 'unknown_identity') return refused('invalid_request', 'Identity not found');
    if (token === 'unknown_resource') {
      return refused('invalid_resource', `AADSTS500011: The resource principal named '${resource}' was not found.`);
    }
    const lasts = String(token.expiresAt - token.notBefore);
    return jsonReply(200, {
      access_token: token.token,
      client_id: token.clientId,
      expires_in: lasts,
      expires_on: String(token.expiresAt),
      ext_expires_in: lasts,
      not_before: String(token.notBefore),
      resource,
      token_type: 'Bearer',
    });
  }

  #route(operation: string, path: string, serve: Route['serve']): Route {
    // MSAL ends the path with a slash when the address of IMDS comes from the environment.
    const pattern = new RegExp(`^${path}/?$`);
    return { service: this.name, operation, method: 'GET', pattern, writes: false, dangerous: false, serve };
  }
}
