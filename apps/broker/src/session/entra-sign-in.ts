import { type Clock, type EpochMillis, rights } from '#kernel';
import {
  type IssuedTokens,
  type SignedIn,
  SignInError,
  SignInProvider,
  type SignInRequest,
  type SignInSecrets,
} from '#session';
import * as oidc from 'openid-client';
import { clientAuthOf, type ConsoleCredential } from './console-credential.ts';
import type { EntraMetadataReader } from './entra-metadata.ts';

/** The console as Entra knows it. */
export interface ConsoleRegistration {
  readonly clientId: string;
  readonly credential: ConsoleCredential;
  /** Origin of the console. */
  readonly url: string;
  /** A name of Interlock's API, the beginning of its scopes. */
  readonly api: string;
}

/** For one request to Entra, in seconds. */
const timeout = 10;

/** What the token endpoint says when the person has to act. Anything else is our trouble or Entra's. */
const refusals: ReadonlySet<string> = new Set([
  'invalid_grant',
  'interaction_required',
  'consent_required',
  'login_required',
  'access_denied',
]);

/** Signs people in at Entra by openid-client. @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
export class EntraSignIn extends SignInProvider {
  readonly #registration: ConsoleRegistration;
  readonly #metadata: EntraMetadataReader;
  readonly #clock: Clock;
  readonly #apiScopes: string;

  constructor(registration: ConsoleRegistration, metadata: EntraMetadataReader, clock: Clock) {
    super();
    this.#registration = registration;
    this.#metadata = metadata;
    this.#clock = clock;
    this.#apiScopes = rights.map((right) => `${registration.api}/${right}`).join(' ');
  }

  override async begin(): Promise<SignInRequest> {
    const client = await this.#client();
    const secrets = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const address = oidc.buildAuthorizationUrl(client, {
      redirect_uri: `${this.#registration.url}/session/callback`,
      response_mode: 'query',
      scope: `openid profile offline_access ${this.#apiScopes}`,
      code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
      code_challenge_method: 'S256',
      state: secrets.state,
      nonce: secrets.nonce,
    });
    return { address, secrets };
  }

  override async redeem(callback: URL, { state, nonce, verifier }: SignInSecrets): Promise<SignedIn> {
    const client = await this.#client();
    const checks = {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    };
    const reply = await told(oidc.authorizationCodeGrant(client, callback, checks));
    const claims = reply.claims();
    if (claims === undefined) throw new SignInError('sign_in_refused');
    const sid = claims['sid'];
    return {
      tokens: this.#tokensOf(reply),
      subject: claims.sub,
      ...(typeof sid === 'string' && { issuerSession: sid }),
    };
  }

  override async renew(refreshToken: string): Promise<IssuedTokens> {
    const client = await this.#client();
    return this.#tokensOf(await told(oidc.refreshTokenGrant(client, refreshToken, { scope: this.#apiScopes })));
  }

  override async signOutAddress(): Promise<URL> {
    const client = await this.#client();
    return oidc.buildEndSessionUrl(client, { post_logout_redirect_uri: `${this.#registration.url}/` });
  }

  async #client(): Promise<oidc.Configuration> {
    try {
      const metadata = await this.#metadata.read();
      const { clientId, credential } = this.#registration;
      const clientAuth = await clientAuthOf(credential, metadata.token_endpoint);
      const client = new oidc.Configuration(metadata, clientId, { [oidc.clockTolerance]: 60 }, clientAuth);
      client.timeout = timeout;
      // The ID token comes from Entra over TLS; its signature is checked all the same.
      oidc.enableNonRepudiationChecks(client);
      return client;
    } catch (cause) {
      throw new SignInError('sign_in_unavailable', { cause });
    }
  }

  #tokensOf({ access_token, refresh_token, expires_in = 0 }: oidc.TokenEndpointResponse): IssuedTokens {
    return {
      accessToken: access_token,
      expiresAt: (this.#clock.now() + expires_in * 1_000) as EpochMillis,
      ...(refresh_token !== undefined && { refreshToken: refresh_token }),
    };
  }
}

async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (cause) {
    throw new SignInError(isRefusal(cause) ? 'sign_in_refused' : 'sign_in_unavailable', { cause });
  }
}

function isRefusal(error: unknown): boolean {
  if (error instanceof oidc.AuthorizationResponseError) return true;
  if (error instanceof oidc.ResponseBodyError) return refusals.has(error.error);
  // Claims of the ID token, and parameters of the address that the browser came back to.
  const code = error instanceof oidc.ClientError ? error.code : undefined;
  return ['OAUTH_JWT_CLAIM_COMPARISON_FAILED', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED', 'OAUTH_INVALID_RESPONSE'].includes(
    code ?? '',
  );
}
