import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ClaimedRequest } from './claimed-request.ts';
import type { IdempotentRequests } from './idempotent-requests.ts';

/** Headers that belong to what a reply says; the others are about its delivery. */
const told = ['content-type', 'location', 'link', 'preference-applied', 'retry-after'];

/** Keeps the replies to first requests before they are sent, so that no client sees a reply that a repeat would not get. */
export function installReplyKeeping(fastify: FastifyInstance, requests: IdempotentRequests, log: Logger): void {
  fastify.addHook('onSend', (request: FastifyRequest, reply, payload, done) => {
    const claimed = request.interlock?.claimed;
    if (claimed === undefined) done(null, payload);
    else
      void keep(claimed, reply, payload).then(() => {
        done(null, payload);
      });
  });

  async function keep(claimed: ClaimedRequest, reply: FastifyReply, payload: unknown): Promise<void> {
    const body = typeof payload === 'string' ? payload : '';
    try {
      await requests.end(claimed, { status: reply.statusCode, headers: toldHeaders(reply), body });
    } catch (error) {
      // The claim stays tied to what was recorded: a repeat is answered from the log.
      log.warn({ err: error, requestId: reply.request.interlock?.facts.requestId }, 'a reply could not be kept');
    }
  }
}

function toldHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    told.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)] as const];
    }),
  );
}
