import { attachCaller, attachRefusal, AuthenticationError, type TokenVerifier } from '#auth';
import { type Caller, type Clock, InvalidInput, watchedStep } from '#kernel';
import type { RateLimits } from '#operations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SessionAuthentication } from '../session/session-authentication.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { contextOf, factsOf, type RequestContext } from './request-context.ts';

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
  fastify.addHook('onRequest', (request, reply, done) => {
    beginRequest(request, reply, { telemetry, clock });
    const authenticated = authenticate(request, { verifier, sessions });
    const counted =
      authenticated === undefined
        ? countRequest(request, limits)
        : authenticated.then(() => countRequest(request, limits));
    if (counted === undefined) {
      refuseOddRequests(request);
      done();
    } else {
      counted
        .then(() => {
          refuseOddRequests(request);
        })
        .then(() => {
          done();
        }, done);
    }
  });
}

/** Gives the request its ids and facts, and the reply what every reply has. A handler may allow caching. */
export function beginRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { telemetry, clock }: Pick<RequestParts, 'telemetry' | 'clock'>,
): void {
  const facts = factsOf(request, clock);
  request.interlock = {
    facts,
    telemetry: telemetry.begin(facts),
    limits: [],
    claimed: undefined,
    principal: undefined,
    place: undefined,
  };
  reply.header('request-id', facts.requestId);
  reply.header('client-request-id', facts.clientRequestId ?? facts.requestId);
  reply.header('cache-control', 'no-store');
  reply.header('x-content-type-options', 'nosniff');
}

/**
 * Verifies the token once and keeps the result, whatever it is. Gives a promise only when there is something to wait for,
 * which is seldom: most tokens were seen a moment ago.
 */
export function authenticate(request: FastifyRequest, authenticators: Authenticators): Promise<void> | undefined {
  const context = contextOf(request);
  try {
    const caller = watchedStep(context.telemetry, 'authenticate', () => callerOf(request, authenticators));
    if (caller instanceof Promise) {
      return caller.then(
        (found) => {
          accept(request, context, found);
        },
        (error: unknown) => {
          refuse(request, context, error);
        },
      );
    }
    accept(request, context, caller);
  } catch (error) {
    refuse(request, context, error);
  }
  return undefined;
}

function callerOf(request: FastifyRequest, { verifier, sessions }: Authenticators): Caller | Promise<Caller> {
  if (sessions?.concerns(request) === true) return sessions.callerOf(request);
  const { authorization } = request.headers;
  return verifier.recall(authorization) ?? verifier.verify(authorization);
}

function accept(request: FastifyRequest, context: RequestContext, caller: Caller): void {
  context.principal = { caller };
  attachCaller(request, caller);
}

function refuse(request: FastifyRequest, context: RequestContext, error: unknown): void {
  if (!(error instanceof AuthenticationError)) throw error;
  context.principal = { error };
  attachRefusal(request, error);
}

function countRequest(request: FastifyRequest, limits: RateLimits): Promise<void> | undefined {
  const { principal, facts, limits: counted } = contextOf(request);
  if (principal === undefined || 'error' in principal) return undefined;
  return limits.countRequest(principal.caller, facts, (limit) => counted.push(limit));
}

function refuseOddRequests(request: FastifyRequest): void {
  if (request.raw.url?.startsWith('/') !== true) {
    throw new InvalidInput('target_malformed', 'The request target must be a path (origin form).', 'request target');
  }
  const { headers } = request;
  for (const name of methodOverrides) {
    if (name in headers) {
      throw new InvalidInput('method_override_not_allowed', `The header ${name} is not supported.`, name);
    }
  }
}
