import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { ClaimHolder } from '#audit';
import { callerOf } from '#auth';
import { callerKey, InvalidInput } from '#kernel';
import { canonicalJson } from '#tlog';
import type { FastifyRequest } from 'fastify';
import { justificationHeaders } from '../jobs/justification.ts';
import { readIdempotencyKey } from './idempotency-key.ts';

/** A request that came with an Idempotency-Key. */
export interface ClaimedRequest {
  readonly holder: ClaimHolder;
  /** Digest of what it asks, which its repeats must ask too. */
  readonly digest: string;
  /** Never stored; what is stored for it can be read by who sends it again. */
  readonly key: string;
}

/** Throws InvalidInput for a malformed key. The same key of another caller, or for another route or job, is another claim. */
export function claimedRequestOf(request: FastifyRequest): ClaimedRequest {
  const key = readIdempotencyKey(request.raw.headersDistinct['idempotency-key'] ?? []);
  const { method, routeOptions, body } = request;
  const parameters = { ...(request.params as object) };
  const scope = [callerKey(callerOf(request)), method, routeOptions.url ?? null, parameters];
  const headers = Object.values(justificationHeaders).map((name) => request.headers[name] ?? null);
  return {
    holder: { id: createHmac('sha256', digestOf(scope)).update(key).digest('base64url'), token: randomUUID() },
    digest: digestOfBody([body ?? null, headers]),
    key,
  };
}

/** JSON may hold what has no canonical form, such as half a surrogate pair. */
function digestOfBody(value: unknown): string {
  try {
    return digestOf(value);
  } catch {
    throw new InvalidInput('body_malformed', 'The body holds text or numbers that cannot be compared.', 'body');
  }
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url');
}
