import { assertHandlersDeclare, AuthorizationGuard } from '#auth';
import type { Config, Secrets } from '#config';
import type { Clock } from '#kernel';
import type { RateLimits } from '#operations';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { BrokerModule } from '../broker.module.ts';
import type { Collaborators } from '../collaborators.module.ts';
import { bodyLimit, installBodyParser } from './body-parser.ts';
import { IdempotencyGuard } from '../idempotency/idempotency.guard.ts';
import type { IdempotentRequests } from '../idempotency/idempotent-requests.ts';
import { installReplyKeeping } from '../idempotency/reply-keeping.ts';
import { installAdmission } from './admission.ts';
import { answerBrokenConnection } from './broken-connection.ts';
import { installConnectionClosing } from './closing-connections.ts';
import { ErrorFilter } from './error.filter.ts';
import type { ErrorReply } from './error-reply.ts';
import { installLimitHeaders } from './limit-headers.ts';
import { installAccessLog } from './access-log.ts';
import { longestParameter, maxHeaderSize } from './request-limits.ts';
import { type Authenticators, authenticate, beginRequest, installRequestHooks } from './request-hooks.ts';
import { installCookies } from '../session/session-cookies.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { StrictSchemaPipe } from './strict-schema.pipe.ts';

/** What a client may cost that does not come to its point. */
const patience = {
  maxHeaderSize,
  headersTimeout: 10_000,
  // Every so often Node looks for clients that take longer than they may.
  connectionsCheckingInterval: 5_000,
} as const;
/** Each costs some kilobytes, whatever it does; more are turned away. */
const maxConnections = 12_288;

export interface EdgeParts extends Authenticators {
  readonly errorReply: ErrorReply;
  readonly limits: RateLimits;
  readonly idempotent: IdempotentRequests;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Builds the HTTP application: one adapter, one guard, one pipe, one filter for all routes. Does not listen yet. */
export async function createHttpApplication(
  config: Config,
  secrets: Secrets,
  collaborators: Collaborators,
  parts: EdgeParts,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    // There is no middleware, and its engine would look for some at every request.
    skipMiddie: true,
    ...(secrets.tls !== undefined && { https: { ...patience, ...secrets.tls, minVersion: 'TLSv1.2' } }),
    ...(config.trustedProxies.length > 0 && { trustProxy: [...config.trustedProxies] }),
    bodyLimit,
    exposeHeadRoutes: false,
    // Fastify would answer 503 in an envelope of its own. Whoever still reaches us is served.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    connectionTimeout: 60_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    http: patience,
    // Graph's own pages write the list with a trailing slash.
    routerOptions: { maxParamLength: longestParameter, ignoreTrailingSlash: true },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void answerUnroutable(error, request, reply, parts);
    },
    clientErrorHandler: answerBrokenConnection,
  });
  const app = await NestFactory.create<NestFastifyApplication>(BrokerModule.forRoot(config, collaborators), adapter, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  app.useGlobalGuards(new AuthorizationGuard(), new IdempotencyGuard(parts.idempotent));
  app.useGlobalPipes(new StrictSchemaPipe());
  app.useGlobalFilters(new ErrorFilter(parts.errorReply));
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.server.maxConnections = maxConnections;
  if (parts.sessions !== undefined) await installCookies(fastify);
  installRequestHooks(fastify, parts);
  installAdmission(fastify, config.most.requests);
  installLimitHeaders(fastify);
  installReplyKeeping(fastify, parts.idempotent, parts.log);
  installAccessLog(fastify, parts.log);
  installConnectionClosing(fastify, { clock: parts.clock, drainMillis: config.drainMillis });
  installBodyParser(fastify);
  await app.init();
  assertHandlersDeclare(app);
  return app;
}

/** A target that the router cannot read (a broken percent escape) passes no hook, so what they do is done here. */
async function answerUnroutable(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: EdgeParts,
): Promise<void> {
  try {
    beginRequest(request, reply, parts);
    await authenticate(request, parts);
    await parts.errorReply.send(error, request, reply);
  } catch (failure) {
    await parts.errorReply.send(failure, request, reply);
  }
}
