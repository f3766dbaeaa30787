import { AuthenticationError, type TokenVerifier } from '#auth';
import type { Caller } from '#kernel';
import type { OpenSession, Sessions } from '#session';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../edge/request-context.ts';
import { assertByConsole, SessionMisused } from './browser-proof.ts';
import { hasSessionCookie, sessionIdOf } from './session-cookies.ts';

/** Where a person sees their own session. */
export const sessionRoute = '/session';

/**
 * Authenticates requests of the console: the access token of the session goes through the same verifier as any other.
 * Sessions are for Interlock's own resources; the Graph-shaped routes and the log take no cookie.
 */
export class SessionAuthentication {
  readonly #sessions: Sessions;
  readonly #verifier: TokenVerifier;
  readonly #origin: string;
  readonly #open = new WeakMap<FastifyRequest, OpenSession>();

  constructor(sessions: Sessions, verifier: TokenVerifier, origin: string) {
    this.#sessions = sessions;
    this.#verifier = verifier;
    this.#origin = origin;
  }

  /** Whether the request is of a kind that has a session, and has one. */
  concerns(request: FastifyRequest): boolean {
    // The route that matched, not the address: nothing that is written oddly is taken for what it is not.
    const { route } = contextOf(request).facts;
    return (route === sessionRoute || route.startsWith('/api/')) && hasSessionCookie(request);
  }

  /**
   * The person of the session of a request that {@link concerns} one. Rejects with AuthenticationError (`session_ended`
   * or what is wrong with the token), {@link SessionMisused} or `sign_in_unavailable`.
   */
  async callerOf(request: FastifyRequest): Promise<Caller> {
    const { route } = contextOf(request).facts;
    if (request.headers.authorization !== undefined) throw new SessionMisused('credentials_conflict');
    assertByConsole(request, this.#origin);
    const id = sessionIdOf(request);
    const session = id && (await (route === sessionRoute ? this.#sessions.look(id) : this.#sessions.use(id)));
    if (session === undefined) throw new AuthenticationError('session_ended');
    const caller = await this.#verifier.verify(`Bearer ${session.tokens.accessToken}`);
    const { tenantId, objectId } = session.tokens;
    const isSame = caller.kind === 'user' && caller.tenantId === tenantId && caller.objectId === objectId;
    if (!isSame) throw new AuthenticationError('session_ended');
    this.#open.set(request, session);
    return caller;
  }

  /** The session by which a request was authenticated; throws `session_ended` when it was not by one. */
  sessionOf(request: FastifyRequest): OpenSession {
    const session = this.#open.get(request);
    if (session === undefined) throw new AuthenticationError('session_ended');
    return session;
  }
}
