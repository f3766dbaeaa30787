import type { Clock } from '#kernel';
import type { SessionTokens, StoredSession } from './session.ts';
import type { SessionDigest } from './session-id.ts';
import type { SessionStore } from './session-store.ts';
import { SignInError } from './sign-in-error.ts';
import type { SignInProvider } from './sign-in-provider.ts';
import type { TokenVault } from './token-vault.ts';

/** How long ahead of its expiry an access token is renewed, in milliseconds. */
export const renewAheadMillis = 300_000;

/** Tokens to go on with, or that the person has to sign in again. */
export type Renewal = SessionTokens | 'refused';

/** Keeps the access tokens of sessions fresh. However many requests wait, a session is renewed once at a time. */
export class SessionRenewal {
  readonly #store: SessionStore;
  readonly #provider: SignInProvider;
  readonly #vault: TokenVault;
  readonly #clock: Clock;
  readonly #underWay = new Map<SessionDigest, Promise<Renewal>>();

  constructor(store: SessionStore, provider: SignInProvider, vault: TokenVault, clock: Clock) {
    this.#store = store;
    this.#provider = provider;
    this.#vault = vault;
    this.#clock = clock;
  }

  /**
   * The tokens, renewed when they are about to expire. Rejects with {@link SignInError} `sign_in_unavailable` when they
   * have expired and the issuer cannot be asked.
   */
  async fresh(session: StoredSession, tokens: SessionTokens): Promise<Renewal> {
    if (tokens.expiresAt - this.#clock.now() > renewAheadMillis) return tokens;
    const { digest } = session;
    const joined = this.#underWay.get(digest);
    if (joined !== undefined) return joined;
    const renewing = this.#renew(session, tokens).finally(() => this.#underWay.delete(digest));
    this.#underWay.set(digest, renewing);
    return renewing;
  }

  async #renew({ digest, generation }: StoredSession, tokens: SessionTokens): Promise<Renewal> {
    const { refreshToken, tenantId, objectId } = tokens;
    if (refreshToken === undefined) return tokens.expiresAt > this.#clock.now() ? tokens : 'refused';
    try {
      const issued = await this.#provider.renew(refreshToken);
      const renewed = { refreshToken, ...issued, tenantId, objectId };
      const kept = await this.#store.replaceTokens(digest, generation, this.#vault.seal(digest, renewed));
      return kept ? renewed : await this.#fromOther(digest, generation);
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      // Another replica may have used the refresh token first, where the issuer takes each but once.
      if (error.code === 'sign_in_refused') return this.#fromOther(digest, generation);
      if (tokens.expiresAt > this.#clock.now()) return tokens;
      throw error;
    }
  }

  /** What another replica renewed meanwhile. */
  async #fromOther(digest: SessionDigest, generation: number): Promise<Renewal> {
    const session = await this.#store.find(digest);
    if (session === undefined || session.generation === generation) return 'refused';
    return this.#vault.open(session) ?? 'refused';
  }
}
