import type { Clock } from '#kernel';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** One line per request: ids, route template and status. No token, query, body or raw path can be in it. */
export function installAccessLog(fastify: FastifyInstance, log: Logger, clock: Clock): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const context = request.interlock;
    if (context === null || !log.isLevelEnabled('info')) return;
    const { requestId, clientRequestId, method, route, receivedAt } = context.facts;
    const { principal } = context;
    log.info(
      {
        requestId,
        clientRequestId,
        method,
        route,
        status: reply.statusCode,
        ms: clock.now() - receivedAt,
        ...(principal !== undefined && 'caller' in principal
          ? { tenant: principal.caller.tenantId, application: principal.caller.clientId }
          : { refused: principal?.error.code }),
      },
      'request',
    );
  });
}
