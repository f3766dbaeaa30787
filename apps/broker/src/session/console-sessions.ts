import type { AuditLog, RequestFacts } from '#audit';
import { AuthenticationError, type TokenVerifier } from '#auth';
import type { UserCaller } from '#kernel';
import {
  type LogoutTokenRules,
  type PendingSignIn,
  returnPath,
  type SessionDigest,
  type SessionId,
  type Sessions,
  SignInError,
  type SignInMemory,
  type SignInProvider,
  verifyLogoutToken,
} from '#session';
import type { Clock } from '#kernel';
import type { SessionAuthentication } from './session-authentication.ts';

interface Parts {
  readonly sessions: Sessions;
  readonly authentication: SessionAuthentication;
  readonly provider: SignInProvider;
  readonly memory: SignInMemory;
  readonly verifier: TokenVerifier;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Origin of the console. */
  readonly url: string;
  readonly clientId: string;
  /** Who may send logout tokens, asked for each: the issuer is known only once Entra has answered. */
  readonly logoutRules: () => Promise<LogoutTokenRules>;
}

/** A sign-in that was begun: where the browser goes, and what it keeps meanwhile. */
export interface BegunSignIn {
  readonly address: URL;
  readonly memory: string;
}

/** Signs people in and out of the console. Exists where the console is configured. */
export class ConsoleSessions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get url(): string {
    return this.#parts.url;
  }

  get authentication(): SessionAuthentication {
    return this.#parts.authentication;
  }

  /** Begins a sign-in that leads to `returnTo`; refuses `return_to_refused` and `sign_in_unavailable`. */
  async begin(returnTo: string | undefined, replaces: SessionDigest | undefined): Promise<BegunSignIn> {
    const path = returnPath(returnTo);
    const { provider, memory } = this.#parts;
    const { address, secrets } = await provider.begin();
    const pending = { ...secrets, returnTo: path, ...(replaces !== undefined && { replaces }) };
    return { address, memory: memory.write(pending) };
  }

  /**
   * Completes the sign-in that this browser began: `target` is the path and query that it came back to. The start is on
   * record before there is a session. Refuses `sign_in_stale`, `sign_in_refused` and `sign_in_unavailable`.
   */
  async complete(
    target: string,
    remembered: string | undefined,
    request: RequestFacts,
  ): Promise<{ readonly id: SessionId; readonly returnTo: string }> {
    const { sessions, provider, audit, url } = this.#parts;
    const callback = new URL(`${url}${target}`);
    const pending = this.#pendingOf(callback, remembered);
    const signedIn = await provider.redeem(callback, pending);
    const caller = await this.#personOf(signedIn.tokens.accessToken);
    const { eventId: startedBy } = await audit.record({ type: 'session.started', request, caller });
    const { tenantId, objectId } = caller;
    const id = await sessions.begin({ ...signedIn, tenantId, objectId, state: pending.state, startedBy });
    if (pending.replaces !== undefined) await sessions.end(pending.replaces, 'replaced');
    return { id, returnTo: pending.returnTo };
  }

  /** Ends a session; gives where to sign out at Entra too, unless that is not known now. */
  async signOut(digest: SessionDigest | undefined): Promise<URL | undefined> {
    const { sessions, provider } = this.#parts;
    if (digest !== undefined) await sessions.end(digest, 'signed_out');
    return provider.signOutAddress().catch(() => undefined);
  }

  /** Ends the sessions that Entra ended; refuses `logout_token_invalid`. */
  async signOutByIssuer(logoutToken: string): Promise<void> {
    const { sessions, clock, logoutRules } = this.#parts;
    await sessions.endByIssuer(await verifyLogoutToken(logoutToken, await logoutRules(), clock));
  }

  /** Another browser's answer, or an older one's, has another state: nobody can be signed in as somebody else. */
  #pendingOf(callback: URL, remembered: string | undefined): PendingSignIn {
    const pending = this.#parts.memory.read(remembered);
    if (pending === undefined || callback.searchParams.get('state') !== pending.state) {
      throw new SignInError('sign_in_stale');
    }
    return pending;
  }

  /** Judged as with every request that follows, so that no session begins whose first request fails. */
  async #personOf(accessToken: string): Promise<UserCaller> {
    try {
      const caller = await this.#parts.verifier.verify(`Bearer ${accessToken}`);
      if (caller.kind === 'user' && caller.clientId === this.#parts.clientId) return caller;
    } catch (cause) {
      if (!(cause instanceof AuthenticationError) || cause.code === 'keys_unavailable') throw cause;
      throw new SignInError('sign_in_refused', { cause });
    }
    throw new SignInError('sign_in_refused');
  }
}
