import { attachCaller, attachRefusal, AuthenticationError, type TokenVerifier } from '#auth';
import { type Clock, InvalidInput, watchedStep } from '#kernel';
import type { RateLimits } from '#operations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SessionAuthentication } from '../session/session-authentication.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { contextOf, factsOf } from './request-context.ts';

/** By what a caller is known: the token of the request, or of the console's session that it belongs to. */
export interface Authenticators {
  readonly verifier: TokenVerifier;
  /** Absent: nobody can sign in, and cookies mean nothing. */
  readonly sessions: SessionAuthentication | undefined;
}

/** What every request is begun with. */
export interface RequestParts extends Authenticators {
  readonly limits: RateLimits;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/** Headers with which some frameworks let a client change the method after routing. */
const methodOverrides = ['x-http-method-override', 'x-http-method', 'x-method-override'];

/**
 * Installs what runs before routing decides anything: the request's facts and ids, authentication, the rate. It runs for
 * every request, unknown routes and broken bodies included, so that nothing is answered to a stranger but 401. Whether
 * the caller is *required* is the guard's rule; a failure is kept until somebody asks for the caller.
 */
export function installRequestHooks(
  fastify: FastifyInstance,
  { verifier, sessions, limits, telemetry, clock }: RequestParts,
): void {
  fastify.decorateRequest('interlock', null);
  fastify.addHook('onRequest', async (request, reply) => {
    beginRequest(request, reply, { telemetry, clock });
    await authenticate(request, { verifier, sessions });
    await countRequest(request, limits);
    refuseOddRequests(request);
  });
}

/** Gives the request its ids and facts, and the reply what every reply has. A handler may allow caching. */
export function beginRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { telemetry, clock }: Pick<RequestParts, 'telemetry' | 'clock'>,
): void {
  const facts = factsOf(request, clock);
  request.interlock = { facts, limits: [], telemetry: telemetry.begin(facts) };
  reply.header('request-id', facts.requestId);
  reply.header('client-request-id', facts.clientRequestId ?? facts.requestId);
  reply.header('cache-control', 'no-store');
  reply.header('x-content-type-options', 'nosniff');
}

/** Verifies the token once and keeps the result, whatever it is. */
export async function authenticate(request: FastifyRequest, { verifier, sessions }: Authenticators): Promise<void> {
  const context = contextOf(request);
  try {
    const { authorization } = request.headers;
    const caller = await watchedStep(
      context.telemetry,
      'authenticate',
      async () => (await sessions?.callerOf(request)) ?? (await verifier.verify(authorization)),
    );
    context.principal = { caller };
    attachCaller(request, caller);
  } catch (error) {
    if (!(error instanceof AuthenticationError)) throw error;
    context.principal = { error };
    attachRefusal(request, error);
  }
}

async function countRequest(request: FastifyRequest, limits: RateLimits): Promise<void> {
  const context = contextOf(request);
  if (context.principal === undefined || 'error' in context.principal) return;
  await limits.countRequest(context.principal.caller, context.facts, (counted) => context.limits.push(counted));
}

function refuseOddRequests(request: FastifyRequest): void {
  if (request.raw.url?.startsWith('/') !== true) {
    throw new InvalidInput('target_malformed', 'The request target must be a path (origin form).', 'request target');
  }
  for (const name of methodOverrides) {
    if (name in request.headers) {
      throw new InvalidInput('method_override_not_allowed', `The header ${name} is not supported.`, name);
    }
  }
}
