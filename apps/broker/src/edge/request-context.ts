import { randomUUID } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import type { RequestFacts } from '#audit';
import type { AuthenticationError } from '#auth';
import type { Caller, Clock } from '#kernel';
import type { CountedLimit } from '#operations';
import type { FastifyRequest } from 'fastify';
import type { ClaimedRequest } from '../idempotency/claimed-request.ts';
import type { RequestTelemetry } from '../telemetry/request-telemetry.ts';
import { parseTraceparent } from '../telemetry/traceparent.ts';
import type { Place } from './place.ts';

/** What the edge knows of a request before its handler runs. */
export interface RequestContext {
  facts: RequestFacts;
  readonly telemetry: RequestTelemetry;
  /** Limits that it was counted against. */
  readonly limits: CountedLimit[];
  /** Set when it came with an Idempotency-Key and is the first. */
  claimed: ClaimedRequest | undefined;
  /** Who it is, or why that is not known. Undefined only until authentication has run. */
  principal: { readonly caller: Caller } | { readonly error: AuthenticationError } | undefined;
  /** Its share of what may be under way, once it has one. */
  place: Place | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the first onRequest hook; null only when Fastify could not even route the request. */
    interlock: RequestContext | null;
  }
}

/** What a client may send as `client-request-id`: a GUID by Graph's convention, but any short token is echoed. */
const correlationId = /^[A-Za-z0-9._:-]{1,100}$/;

/** Gathers the facts of a request that the audit log keeps. Never holds a token, a query or a raw path. */
export function factsOf(request: FastifyRequest, clock: Clock): RequestFacts {
  const { headers } = request;
  const clientRequestId = single(headers['client-request-id']);
  const traceparent = single(headers['traceparent']);
  const userAgent = headers['user-agent'];
  const hops = request.ips;
  const tls = tlsVersionOf(request);
  const facts: { -readonly [Name in keyof RequestFacts]: RequestFacts[Name] } = {
    requestId: randomUUID(),
    receivedAt: clock.now(),
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    ip: request.ip,
  };
  if (clientRequestId !== undefined && correlationId.test(clientRequestId)) facts.clientRequestId = clientRequestId;
  if (traceparent !== undefined && parseTraceparent(traceparent) !== undefined) facts.traceparent = traceparent;
  if (hops !== undefined && hops.length > 1) facts.forwarded = hops.slice(1).reverse();
  if (userAgent !== undefined) facts.userAgent = userAgent;
  if (tls !== undefined) facts.tls = tls;
  return facts;
}

/** The request's context; throws when the edge's hooks did not run, which is a programming error. */
export function contextOf(request: FastifyRequest): RequestContext {
  if (request.interlock === null) throw new TypeError('the request has no context: the edge hooks did not run');
  return request.interlock;
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? undefined : header;
}

function tlsVersionOf(request: FastifyRequest): string | undefined {
  const { socket } = request.raw;
  return socket instanceof TLSSocket ? (socket.getProtocol() ?? undefined) : undefined;
}
