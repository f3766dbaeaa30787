import { type EpochMillis, toTimestamp } from '#kernel';
import type { RequestFacts } from '#audit';
import type { ToldError } from './told-error.ts';

/** Body and media type of an error reply. */
export interface ErrorEnvelope {
  readonly mediaType: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Interlock's own resources answer RFC 9457; everything else answers as Graph does, so that Graph SDKs understand it. */
export function envelopeOf(
  error: ToldError,
  path: string,
  facts: RequestFacts | undefined,
  at: EpochMillis,
): ErrorEnvelope {
  return /^\/(?:api|session)(?:\/|$)/.test(path) ? problem(error, facts) : graphError(error, facts, at);
}

/** @see https://learn.microsoft.com/graph/errors */
function graphError(error: ToldError, facts: RequestFacts | undefined, at: EpochMillis): ErrorEnvelope {
  return {
    mediaType: 'application/json',
    body: {
      error: {
        code: error.entry.graphCode,
        message: error.message,
        innerError: {
          code: error.code,
          ...(error.eventId !== undefined && { 'audit-event-id': error.eventId }),
          date: toTimestamp(at).slice(0, 19),
          'request-id': facts?.requestId,
          'client-request-id': facts?.clientRequestId ?? facts?.requestId,
        },
      },
    },
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc9457 */
function problem(error: ToldError, facts: RequestFacts | undefined): ErrorEnvelope {
  return {
    mediaType: 'application/problem+json',
    body: {
      type: `urn:interlock:problem:${error.code}`,
      title: error.entry.title,
      status: error.entry.status,
      detail: error.message,
      ...(error.eventId !== undefined && { instance: `urn:uuid:${error.eventId}` }),
      code: error.code,
      ...error.members,
      requestId: facts?.requestId,
    },
  };
}
