import { QueryMalformed } from '#audit';
import { AuthenticationError, AuthorizationError } from '#auth';
import { CodedError, type EventId, InvalidInput, toTimestamp } from '#kernel';
import {
  HeldByOthers,
  NotSentToGraph,
  OperationError,
  OutcomeUnknown,
  RateLimited,
  RefusedByGraph,
  type ShownHold,
} from '#operations';
import { HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catalogue, type CatalogueEntry, type ErrorCode, isErrorCode, unauthenticated } from './error-catalogue.ts';

/** An error as it will be told: everything the two envelopes need. */
export interface ToldError {
  readonly code: string;
  readonly entry: CatalogueEntry;
  readonly message: string;
  /** The audit event to cite, when one records it already. */
  readonly eventId?: EventId;
  /** More members of the RFC 9457 problem. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Whether the edge must still record it: operations record theirs themselves. */
  readonly recorded: boolean;
  /** The error to log with its stack: only for what nobody foresaw. */
  readonly unforeseen?: unknown;
}

/** Decides what a failed request is told. */
export function tellError(error: unknown, request: FastifyRequest): ToldError {
  const unauthenticated = authenticationErrorOf(error, request);
  if (unauthenticated !== undefined) return tellCoded(unauthenticated, false);
  if (error instanceof HeldByOthers) {
    const { count, shown } = error;
    return { ...tellCoded(error, true), eventId: error.eventId, members: { count, holds: shown.map(heldByOf) } };
  }
  if (error instanceof RateLimited) return tellRateLimited(error);
  if (error instanceof OperationError) return { ...tellCoded(error, true), ...evidenceOf(error) };
  if (error instanceof QueryMalformed) {
    const { offset, expected, parameter } = error;
    return { ...tellCoded(error, false), members: { parameter, offset, expected } };
  }
  if (error instanceof CodedError) return tellCoded(error, error.code === 'audit_unavailable');
  const status = statusOf(error);
  if (status !== undefined) return tell(codeOfStatus(status, request.method), false);
  return { ...tell('internal_error', true), unforeseen: error };
}

/**
 * A stranger hears that it is one, and not whether a route exists or a body parses. Other errors of a request without
 * valid token come from public handlers, because the guard lets no other handler run; these are told as they are.
 */
export function authenticationErrorOf(error: unknown, request: FastifyRequest): AuthenticationError | undefined {
  const principal = request.interlock?.principal;
  if (principal === undefined || !('error' in principal)) return undefined;
  const beforeHandler =
    error instanceof AuthenticationError ||
    error instanceof AuthorizationError ||
    error instanceof InvalidInput ||
    statusOf(error) !== undefined;
  return beforeHandler ? principal.error : undefined;
}

/** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ for the member of the problem */
function tellRateLimited(error: RateLimited): ToldError {
  const { name, quota } = error.counted;
  return {
    ...tellCoded(error, true),
    ...(error.eventId !== undefined && { eventId: error.eventId }),
    members: { 'violated-policies': [name] },
    retryAfter: secondsOf(quota.resetMillis),
  };
}

/** What a caller who may know about another one's hold is told of it. */
function heldByOf({ hold: { until }, owner }: ShownHold) {
  return { owner, ...(until !== undefined && { until: toTimestamp(until) }) };
}

function tellCoded(error: CodedError, recorded: boolean): ToldError {
  const { code, message } = error;
  // Without keys nobody can be known, which is our trouble and not the token's.
  if (error instanceof AuthenticationError && code !== 'keys_unavailable') {
    return { code, entry: unauthenticated, message, recorded };
  }
  if (isErrorCode(code)) return { ...tell(code, recorded), message };
  return { ...tell('internal_error', true), unforeseen: error };
}

function tell(code: ErrorCode, recorded: boolean): ToldError {
  const entry: CatalogueEntry = catalogue[code];
  const { retryAfter } = entry;
  return { code, entry, message: `${entry.title}.`, recorded, ...(retryAfter !== undefined && { retryAfter }) };
}

/** Codes whose evidence may say when to come again. */
const tellsWhen: ReadonlySet<string> = new Set(['graph_throttled', 'graph_unavailable', 'circuit_open']);

function evidenceOf(error: OperationError): Partial<ToldError> {
  const { eventId } = error;
  const cited = eventId === undefined ? {} : { eventId };
  if (!(error instanceof RefusedByGraph || error instanceof NotSentToGraph || error instanceof OutcomeUnknown)) {
    return cited;
  }
  const { retryAfterMs } = error.evidence;
  if (!tellsWhen.has(error.code) || retryAfterMs === undefined) return cited;
  return { ...cited, retryAfter: secondsOf(retryAfterMs) };
}

/** Whole seconds, as headers have them. */
export function secondsOf(millis: number): number {
  return Math.max(1, Math.ceil(millis / 1_000));
}

/** Fastify and Nest refuse some requests themselves (no route, broken body, too large); only their status is used. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

function codeOfStatus(status: number, method: string): ErrorCode {
  switch (status) {
    case 400:
      return 'body_malformed';
    case 404:
      return method === 'GET' || method === 'POST' ? 'route_not_found' : 'method_not_allowed';
    case 405:
      return 'method_not_allowed';
    case 408:
      return 'request_timeout';
    case 413:
      return 'body_too_large';
    case 414:
      return 'uri_too_long';
    case 431:
      return 'headers_too_large';
    case 415:
      return 'media_type_unsupported';
    default:
      return 'internal_error';
  }
}
