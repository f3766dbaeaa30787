import { CodedError } from '#kernel';
import type { FastifyRequest } from 'fastify';

const sentences = {
  credentials_conflict: 'A request has either a session or an access token, not both.',
  console_header_missing: 'A request with a session needs the header Interlock-Console: 1.',
  origin_not_allowed: 'Only the console itself may use a session.',
} as const;

/** A request that must not use the session whose cookie it brings. */
export class SessionMisused extends CodedError {
  constructor(readonly code: keyof typeof sentences) {
    super(sentences[code]);
  }
}

/**
 * Asserts that the page of `origin` itself made the request, whatever its method; throws {@link SessionMisused}. The
 * header cannot be sent by a form or a link, and by a script of another origin only after a preflight, which nothing
 * here answers. Every browser says where a request comes from, in at least one of two headers that no script can set.
 * @see https://www.rfc-editor.org/rfc/rfc10017 (BFF: CSRF)
 */
export function assertByConsole({ headers }: FastifyRequest, origin: string): void {
  if (headers['interlock-console'] !== '1') throw new SessionMisused('console_header_missing');
  const site = headers['sec-fetch-site'];
  const isElsewhere = (site ?? 'same-origin') !== 'same-origin' || (headers.origin ?? origin) !== origin;
  if (isElsewhere || (site === undefined && headers.origin === undefined)) {
    throw new SessionMisused('origin_not_allowed');
  }
}
