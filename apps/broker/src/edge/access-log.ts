import { type Action, type RequestStep, requestSteps } from '#kernel';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { RequestContext } from './request-context.ts';
import { parseTraceparent } from '../telemetry/traceparent.ts';

/**
 * All that a request's line can hold. Ids, the route's template, stable codes and figures: there is no member into which
 * a header, token, query, body, raw path or name would fit.
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
  readonly caller?: Readonly<Record<'type' | 'tenant' | 'id' | 'application', string>>;
  /** Why the token was not accepted. */
  readonly refused?: string;
  readonly action?: Action;
  readonly job?: string;
  readonly decision?: 'allow' | 'deny';
  readonly rule?: string | undefined;
  /** Milliseconds per step. */
  readonly steps?: Readonly<Partial<Record<RequestStep, number>>>;
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

function lineOf(context: RequestContext, status: number, ms: number): RequestLine {
  const { facts, telemetry } = context;
  const { requestId, clientRequestId, traceparent, method, route } = facts;
  const traceId = telemetry.traceId ?? (traceparent && parseTraceparent(traceparent)?.traceId);
  const line = { requestId, clientRequestId, traceId, method, route, status, ms: rounded(ms) };
  return { ...line, ...principalOf(context, status), ...decisionOf(context) };
}

/** Public routes are asked without a token too, which is nobody's refusal. */
function principalOf({ principal }: RequestContext, status: number): Pick<RequestLine, 'caller' | 'refused'> {
  if (principal === undefined) return {};
  if ('error' in principal) return status === 401 ? { refused: principal.error.code } : {};
  const { kind: type, tenantId: tenant, objectId: id, clientId: application } = principal.caller;
  return { caller: { type, tenant, id, application } };
}

function decisionOf({
  telemetry: { decision, millis },
}: RequestContext): Pick<RequestLine, 'action' | 'job' | 'decision' | 'rule' | 'steps'> {
  if (decision === undefined) return {};
  const { action, effect, rule, job } = decision;
  const steps: Partial<Record<RequestStep, number>> = {};
  for (const step of requestSteps) {
    const took = millis[step];
    if (took !== undefined) steps[step] = rounded(took);
  }
  const { servicePrincipalId, jobId = '*' } = job;
  return { action, job: `${servicePrincipalId}/${jobId}`, decision: effect, rule, steps };
}

/** To microseconds, which is as much as the clock tells. */
function rounded(millis: number): number {
  return Math.round(millis * 1_000) / 1_000;
}
