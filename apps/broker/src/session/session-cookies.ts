import { readSessionId, type SessionId, signInMillis } from '#session';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * `__Host-`: browsers take it over TLS only and from this host only, so neither another host of the domain nor a page
 * without TLS can plant one (RFC 6265bis).
 */
const sessionCookie = '__Host-interlock-session';
const signInCookie = '__Host-interlock-sign-in';

const common = { path: '/', httpOnly: true, secure: true } as const;
/**
 * Strict: no request that another site causes carries the session. Nothing is lost by it: the page itself needs no
 * session, and what it asks for then is asked by ourselves.
 */
const session = { ...common, sameSite: 'strict' } as const;
/** Lax: the browser has to bring it along when the identity provider, which is another site, sends it back here. */
const signIn = { ...common, sameSite: 'lax' } as const;

/** Lets replies set cookies. Requests are not searched for any until somebody asks. */
export async function installCookies(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyCookie, { hook: false });
}

/** Gives the browser a session. The cookie has no expiry, because the session's end is kept here. */
export function keepSession(reply: FastifyReply, id: SessionId): void {
  reply.setCookie(sessionCookie, id, session);
}

export function dropSession(reply: FastifyReply): void {
  reply.clearCookie(sessionCookie, session);
}

/** Lets the browser keep a sign-in under way. */
export function keepSignIn(reply: FastifyReply, text: string): void {
  reply.setCookie(signInCookie, text, { ...signIn, maxAge: signInMillis / 1_000 });
}

export function dropSignIn(reply: FastifyReply): void {
  reply.clearCookie(signInCookie, signIn);
}

/** The session that a request claims. */
export function sessionIdOf(request: FastifyRequest): SessionId | undefined {
  return readSessionId(cookiesOf(request)[sessionCookie]);
}

/** Whether a request brings a session's cookie, sound or not. */
export function hasSessionCookie(request: FastifyRequest): boolean {
  return cookiesOf(request)[sessionCookie] !== undefined;
}

/** The sign-in that was begun in this browser, sealed. */
export function signInOf(request: FastifyRequest): string | undefined {
  return cookiesOf(request)[signInCookie];
}

function cookiesOf({ headers: { cookie }, server }: FastifyRequest): Readonly<Record<string, string | undefined>> {
  return cookie === undefined ? {} : server.parseCookie(cookie);
}
