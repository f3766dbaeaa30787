import type { AccessToken } from './access-token.ts';

/** Gives the token that goes with a call to Graph. Both methods reject with `CredentialUnavailable`. */
export abstract class GraphTokens {
  /** A token that is good for at least another minute. */
  abstract token(): Promise<AccessToken>;

  /** The same token where it need not be waited for. */
  atHand(): AccessToken | undefined {
    return undefined;
  }

  /**
   * A token to use after Graph answered 401 to `rejected`. It may be `rejected` itself when that was renewed moments
   * ago: then the token is not what is wrong, and asking Entra again for every such call would look like an attack.
   */
  abstract renew(rejected: AccessToken): Promise<AccessToken>;
}

/** Fetches a token, each time anew. Rejects with `CredentialUnavailable`. */
export abstract class TokenSource {
  abstract fetch(): Promise<AccessToken>;
}
