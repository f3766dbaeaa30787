import type { IssuedTokens } from './session.ts';

/** What binds the answer of the issuer to the question of one browser. */
export interface SignInSecrets {
  readonly state: string;
  readonly nonce: string;
  /** The PKCE code verifier (RFC 7636). */
  readonly verifier: string;
}

/** Where a browser is to be sent, and what has to be remembered until it comes back. */
export interface SignInRequest {
  readonly address: URL;
  readonly secrets: SignInSecrets;
}

/** Somebody whom the issuer has signed in. */
export interface SignedIn {
  readonly tokens: IssuedTokens;
  /** `sub` of the ID token. */
  readonly subject: string;
  /** `sid` of the ID token. */
  readonly issuerSession?: string;
}

/**
 * The OpenID provider as sessions need it.
 *
 * Duties of an adapter: code flow with PKCE as a confidential client; state, nonce, issuer, audience and signature of
 * the ID token are checked. What the issuer refuses is `sign_in_refused`; trouble on the way is `sign_in_unavailable`.
 */
export abstract class SignInProvider {
  abstract begin(): Promise<SignInRequest>;

  /** Redeems the code of the address that the browser came back to. */
  abstract redeem(callback: URL, secrets: SignInSecrets): Promise<SignedIn>;

  /** New tokens; rejects with {@link SignInError} `sign_in_refused` when the person has to sign in again. */
  abstract renew(refreshToken: string): Promise<IssuedTokens>;

  /** Where a browser signs out at the issuer too. */
  abstract signOutAddress(): Promise<URL>;
}
