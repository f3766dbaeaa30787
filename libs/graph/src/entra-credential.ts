import { Agent as HttpAgent } from 'node:http';
import { Agent } from 'node:https';
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  type ClientCertificateCredentialOptions,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import type { Clock, ClientId, EpochMillis, TenantId } from '#kernel';
import { AccessToken } from './access-token.ts';
import type { GraphEndpoints } from './cloud.ts';
import { CredentialUnavailable } from './credential-unavailable.ts';
import { TokenSource } from './graph-tokens.ts';
import { trustedAuthorities } from './trusted-authorities.ts';

/** Longest that one exchange with Entra may take, repeats included. */
const exchangeTimeoutMillis = 20_000;

/**
 * Short, because callers with an urgent pause wait for the exchange and because the pause between two repeats is time in
 * which Entra may be back already; {@link RenewingTokens} asks again anyway.
 */
const retryOptions = { maxRetries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 400 };

interface AppRegistration {
  /** Tenant of the jobs. */
  readonly tenantId: TenantId;
  /** Our app registration. */
  readonly clientId: ClientId;
}

/**
 * How we prove who we are to Entra, picked explicitly: guessing by environment could pick a wider identity. Secrets are
 * functions, so that printing the configuration shows none and each renewal reads the present one.
 */
export type CredentialConfig =
  /** Last resort. */
  | (AppRegistration & { readonly kind: 'secret'; readonly secret: () => string })
  /** PEM file with certificate and private key, read at each renewal. */
  | (AppRegistration & {
      readonly kind: 'certificate';
      readonly path: string;
      readonly password?: () => string;
      /** Sends the chain along, for subject-name-and-issuer authentication. */
      readonly sendChain?: boolean;
    })
  /** The identity of the Azure host: the system-assigned one, or the user-assigned one with this client id. */
  | { readonly kind: 'managed-identity'; readonly clientId?: ClientId }
  /** A federated token that the platform writes to a file, as AKS does. */
  | (AppRegistration & { readonly kind: 'workload-identity'; readonly tokenFile: string })
  /** A user-assigned managed identity stands for the app registration: no secret anywhere. */
  | (AppRegistration & { readonly kind: 'federated-identity'; readonly managedIdentityClientId: ClientId });

/** Tokens for Graph from Entra, by `@azure/identity`. */
export class EntraTokenSource extends TokenSource {
  readonly #config: CredentialConfig;
  readonly #endpoints: GraphEndpoints;
  readonly #clock: Clock;
  readonly #options: ClientCertificateCredentialOptions;

  /** `ca`: PEM certificates to trust besides the platform's. */
  constructor(config: CredentialConfig, endpoints: GraphEndpoints, clock: Clock, ca: readonly string[] = []) {
    super();
    this.#config = config;
    this.#endpoints = endpoints;
    this.#clock = clock;
    this.#options = {
      authorityHost: endpoints.authorityHost,
      disableInstanceDiscovery: !endpoints.instanceDiscovery,
      // An agent of its own, because the library would otherwise take proxies from the environment.
      agent: new Agent({ ca: trustedAuthorities(ca), keepAlive: false }),
      // A 307 would carry the client secret to wherever it points.
      redirectOptions: { maxRetries: 0 },
      retryOptions,
      additionalPolicies: [{ position: 'perCall', policy: timeoutPolicy }],
    };
  }

  override async fetch(): Promise<AccessToken> {
    try {
      const receivedAt = this.#clock.now();
      const token = await this.#inTime(this.#credential().getToken(this.#endpoints.scope));
      if (token === null) throw new CredentialUnavailable('The identity library gave no token.');
      const expiresAt = token.expiresOnTimestamp as EpochMillis;
      return AccessToken.received(token.token, receivedAt, expiresAt, token.refreshAfterTimestamp);
    } catch (error) {
      throw error instanceof CredentialUnavailable ? error : CredentialUnavailable.from(error);
    }
  }

  /** A host whose identity endpoint takes a request and never answers would otherwise hold every waiter for ever. */
  async #inTime<Value>(exchange: Promise<Value>): Promise<Value> {
    const done = new AbortController();
    const tooLate = this.#clock.wait(exchangeTimeoutMillis, done.signal).then(() => {
      throw new CredentialUnavailable('No token came in time.');
    });
    try {
      return await Promise.race([exchange, tooLate]);
    } finally {
      done.abort();
    }
  }

  /**
   * A new one each time: the library caches tokens per credential until five minutes before expiry, even rejected ones,
   * and reads a certificate or an assertion no more once it has. (Those of managed identities it caches per process.)
   */
  #credential(): TokenCredential {
    const config = this.#config;
    switch (config.kind) {
      case 'secret':
        return new ClientSecretCredential(config.tenantId, config.clientId, config.secret(), this.#options);
      case 'certificate': {
        const password = config.password?.();
        const file = { certificatePath: config.path, ...(password !== undefined && { certificatePassword: password }) };
        const options = { ...this.#options, sendCertificateChain: config.sendChain ?? false };
        return new ClientCertificateCredential(config.tenantId, config.clientId, file, options);
      }
      case 'managed-identity':
        return managedIdentity(config.clientId);
      case 'workload-identity': {
        const { tenantId, clientId, tokenFile: tokenFilePath } = config;
        return new WorkloadIdentityCredential({ ...this.#options, tenantId, clientId, tokenFilePath });
      }
      case 'federated-identity': {
        const identity = managedIdentity(config.managedIdentityClientId);
        const scope = `${this.#endpoints.tokenExchangeAudience}/.default`;
        const assertion = async () => (await identity.getToken(scope)).token;
        return new ClientAssertionCredential(config.tenantId, config.clientId, assertion, this.#options);
      }
    }
  }
}

/**
 * Speaks plain http to the host's own identity endpoint, so it must not get our https agent. It gets one nevertheless: the
 * library would otherwise hand the endpoint's secret to a proxy that the environment names.
 */
function managedIdentity(clientId: ClientId | undefined): ManagedIdentityCredential {
  const agent = new HttpAgent({ keepAlive: false });
  return new ManagedIdentityCredential({ agent, retryOptions, ...(clientId !== undefined && { clientId }) });
}

type Policy = NonNullable<ClientCertificateCredentialOptions['additionalPolicies']>[number]['policy'];

/** Ends the request itself; the library's own `timeout` ends with the headers and outlives a failed request. */
const timeoutPolicy: Policy = {
  name: 'interlockTimeout',
  sendRequest(request, next) {
    request.abortSignal = AbortSignal.timeout(exchangeTimeoutMillis);
    return next(request);
  },
};
