import type { CountedLimit } from '#operations';
import type { FastifyInstance } from 'fastify';
import { secondsOf } from './told-error.ts';

/**
 * Tells callers the limits that a request was counted against, whatever came of it.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function installLimitHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const limits = request.interlock?.limits;
    if (limits !== undefined && limits.length > 0) {
      reply.header('ratelimit-policy', limits.map(policyOf).join(', '));
      reply.header('ratelimit', limits.map(stateOf).join(', '));
    }
    done(null, payload);
  });
}

/** Names need no escaping: they are made of lower-case letters, digits, hyphens and a colon. */
function policyOf({ name, limit: { requests, perMillis } }: CountedLimit): string {
  return `"${name}";q=${requests};w=${perMillis / 1_000}`;
}

function stateOf({ name, quota: { remaining, resetMillis } }: CountedLimit): string {
  return `"${name}";r=${remaining};t=${secondsOf(resetMillis)}`;
}
