import type { Clock } from '#kernel';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { RequestContext } from './request-context.ts';

/** One line per request: ids, route template and status. No token, query, body or raw path can be in it. */
export function installAccessLog(fastify: FastifyInstance, log: Logger, clock: Clock): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    done();
    const context = request.interlock;
    if (context === null) return;
    const { requestId, clientRequestId, method, route, receivedAt } = context.facts;
    // Probes come every few seconds and say nothing while all is well.
    const level = route.startsWith('/health/') && reply.statusCode < 400 ? 'debug' : 'info';
    if (!log.isLevelEnabled(level)) return;
    log[level](
      {
        requestId,
        clientRequestId,
        method,
        route,
        status: reply.statusCode,
        ms: clock.now() - receivedAt,
        ...principalOf(context, reply.statusCode),
      },
      'request',
    );
  });
}

/** Public routes are asked without a token too, which is nobody's refusal. */
function principalOf({ principal }: RequestContext, status: number): object {
  if (principal === undefined) return {};
  if ('error' in principal) return status === 401 ? { refused: principal.error.code } : {};
  return { tenant: principal.caller.tenantId, application: principal.caller.clientId };
}
