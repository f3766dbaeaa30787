import type { Action, Caller, RequestStep } from '#kernel';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { RequestContext } from './request-context.ts';
import type { StepMillis } from '../telemetry/request-telemetry.ts';
import { parseTraceparent } from '../telemetry/traceparent.ts';

/**
 * All that a request's line can hold; what is undefined is left out. Ids, the route's template, stable codes and figures:
 * there is no member into which a header, token, query, body, raw path or name would fit.
 */
interface RequestLine {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  readonly traceId: string | undefined;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  /** Milliseconds until the reply was out. */
  readonly ms: number;
  readonly caller: Readonly<Record<'type' | 'tenant' | 'id' | 'application', string>> | undefined;
  /** Why the token was not accepted. */
  readonly refused: string | undefined;
  readonly action: Action | undefined;
  readonly job: string | undefined;
  readonly decision: 'allow' | 'deny' | undefined;
  readonly rule: string | undefined;
  readonly steps: StepMillis | undefined;
}

/** One line per request, when its reply is out. */
export function installAccessLog(fastify: FastifyInstance, log: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    done();
    const context = request.interlock;
    if (context === null) return;
    const { statusCode } = reply;
    const ms = context.telemetry.ended(statusCode);
    // Probes come every few seconds and say nothing while all is well.
    const level = context.facts.route.startsWith('/health/') && statusCode < 400 ? 'debug' : 'info';
    if (log.isLevelEnabled(level)) log[level](lineOf(context, statusCode, ms), 'request');
  });
}

function lineOf({ facts, telemetry, principal }: RequestContext, status: number, ms: number): RequestLine {
  const { requestId, clientRequestId, traceparent, method, route } = facts;
  const { decision } = telemetry;
  return {
    requestId,
    clientRequestId,
    traceId: telemetry.traceId ?? (traceparent && parseTraceparent(traceparent)?.traceId),
    method,
    route,
    status,
    ms: rounded(ms),
    caller: principal && 'caller' in principal ? namesOf(principal.caller) : undefined,
    // Public routes are asked without a token too, which is nobody's refusal.
    refused: principal && 'error' in principal && status === 401 ? principal.error.code : undefined,
    action: decision?.action,
    job: decision && `${decision.job.servicePrincipalId}/${decision.job.jobId ?? '*'}`,
    decision: decision?.effect,
    rule: decision?.rule,
    steps: decision && roundedSteps(telemetry.millis),
  };
}

function namesOf({ kind, tenantId, objectId, clientId }: Caller): RequestLine['caller'] {
  return { type: kind, tenant: tenantId, id: objectId, application: clientId };
}

function roundedSteps(millis: StepMillis): StepMillis {
  return {
    authenticate: rounded(millis.authenticate),
    authorize: rounded(millis.authorize),
    record_intent: rounded(millis.record_intent),
    graph: rounded(millis.graph),
    record_outcome: rounded(millis.record_outcome),
  } satisfies Record<RequestStep, number | undefined>;
}

/** To microseconds, which is as much as the clock tells. */
function rounded<Millis extends number | undefined>(millis: Millis): Millis {
  return (millis && Math.round(millis * 1_000) / 1_000) as Millis;
}
