import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { opaque } from './access-token.ts';
import { EntraFailure } from './entra-failure.ts';

const codeLife = 600_000;

/** A person signed in for a client. */
export interface SignIn {
  readonly tenantId: string;
  readonly clientAppId: string;
  readonly userId: string;
  /** Entra's session, the claim `sid`. */
  readonly sid: string;
  readonly scope: string;
  readonly nonce: string | null;
}

interface IssuedCode {
  readonly signIn: SignIn;
  readonly redirectUri: string;
  /** PKCE, S256 (RFC 7636). */
  readonly challenge: string;
  readonly until: number;
  redeemed: boolean;
}

/** Who redeems a code. */
export interface Redemption {
  readonly clientAppId: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

/** Authorization codes and refresh tokens under way. */
export class SignIns {
  readonly #clock: Clock;
  readonly #codes = new Map<string, IssuedCode>();
  readonly #refreshTokens = new Map<string, SignIn>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A code for somebody who has just signed in. */
  begin(signIn: Omit<SignIn, 'sid'>, redirectUri: string, challenge: string): string {
    const code = `1.${opaque()}${opaque()}`;
    const until = this.#clock() + codeLife;
    this.#codes.set(code, { signIn: { ...signIn, sid: randomUUID() }, redirectUri, challenge, until, redeemed: false });
    return code;
  }

  /** Takes a code, once, from the client that it was made for. */
  redeem(code: string, { clientAppId, redirectUri, verifier }: Redemption): SignIn {
    const issued = this.#codes.get(code);
    if (issued?.signIn.clientAppId !== clientAppId)
      throw new EntraFailure(9002313, 'The code is malformed or invalid.');
    if (issued.redeemed) throw new EntraFailure(54005, 'OAuth2 Authorization code was already redeemed.');
    if (issued.until <= this.#clock()) throw new EntraFailure(70008, 'The provided authorization code has expired.');
    if (issued.redirectUri !== redirectUri) throw new EntraFailure(50011, 'The redirect URI is not the one of before.');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (challenge !== issued.challenge) {
      throw new EntraFailure(501481, 'The code_verifier does not match the code_challenge.');
    }
    issued.redeemed = true;
    return issued.signIn;
  }

  refreshTokenOf(signIn: SignIn): string {
    const token = `1.${opaque()}${opaque()}`;
    this.#refreshTokens.set(token, signIn);
    return token;
  }

  /** What a refresh token stands for; older ones stay good, as at Entra. */
  refreshed(token: string, clientAppId: string): SignIn {
    const signIn = this.#refreshTokens.get(token);
    if (signIn?.clientAppId !== clientAppId) {
      throw new EntraFailure(50173, 'The provided grant has expired due to it being revoked.');
    }
    return signIn;
  }

  /** Who is signed in by a refresh token now, newest last. */
  all(): readonly SignIn[] {
    return [...new Set(this.#refreshTokens.values())];
  }

  /** Revokes what a person was given. */
  revoke(userId: string): void {
    for (const [token, signIn] of this.#refreshTokens) if (signIn.userId === userId) this.#refreshTokens.delete(token);
  }
}
