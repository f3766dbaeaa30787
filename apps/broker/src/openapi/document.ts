import { rights } from '#kernel';
import { auditPaths } from '../audit/audit.openapi.ts';
import { evidencePaths } from '../audit/evidence.openapi.ts';
import { openUnknownsPaths } from '../audit/open-unknowns.openapi.ts';
import { reviewsPaths } from '../audit/reviews.openapi.ts';
import { standingPaths } from '../audit/standing.openapi.ts';
import { bulkPaths } from '../bulk/bulk.openapi.ts';
import { consolePaths } from '../console/console.openapi.ts';
import { catalogue } from '../edge/error-catalogue.ts';
import { healthPaths } from '../health/health.openapi.ts';
import { holdsPaths } from '../holds/holds.openapi.ts';
import { jobsPaths } from '../jobs/jobs.openapi.ts';
import { namedJobsPaths } from '../jobs/named-jobs.openapi.ts';
import { logPaths } from '../log/log.openapi.ts';
import { mePaths } from '../me/me.openapi.ts';
import { metricsPaths } from '../metrics/metrics.openapi.ts';
import { policyPaths } from '../policy/policy.openapi.ts';
import { sessionPaths } from '../session/session.openapi.ts';
import { wellKnownPaths } from '../well-known/well-known.openapi.ts';
import { openApiPaths } from './openapi.openapi.ts';
import type { ApiPaths } from './operation.ts';
import { withStatedLimits } from './stated-limits.ts';

const paths: ApiPaths = {
  ...jobsPaths,
  ...namedJobsPaths,
  ...holdsPaths,
  ...bulkPaths,
  ...mePaths,
  ...policyPaths,
  ...auditPaths,
  ...evidencePaths,
  ...openUnknownsPaths,
  ...standingPaths,
  ...reviewsPaths,
  ...logPaths,
  ...healthPaths,
  ...metricsPaths,
  ...wellKnownPaths,
  ...sessionPaths,
  ...consolePaths,
  ...openApiPaths,
};

const string = { type: 'string' } as const;
const code = {
  type: 'string',
  description: `Stable reason. Besides codes of refused tokens: ${Object.keys(catalogue).join(', ')}.`,
};

const graphError = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'innerError'],
      properties: {
        code: { type: 'string', description: "Graph's word for it." },
        message: string,
        innerError: {
          type: 'object',
          properties: {
            code,
            'audit-event-id': { type: 'string', description: 'The event that records this request.' },
            date: string,
            'request-id': string,
            'client-request-id': string,
          },
        },
      },
    },
  },
};

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: string,
    title: string,
    status: { type: 'integer' },
    detail: string,
    instance: string,
    code,
    requestId: string,
  },
};

const retryAfter = {
  description: 'Seconds. With 429 and 503, and with 409 where waiting helps.',
  schema: { type: 'integer', minimum: 1 },
};

const synchronizationJob = {
  type: 'object',
  description: 'As Microsoft Graph sends it; members not listed here pass through.',
  required: ['id', 'schedule', 'status'],
  properties: {
    id: string,
    schedule: { type: 'object', required: ['state'], properties: { state: string } },
    status: { type: 'object', required: ['code'], properties: { code: string } },
  },
};

/** The OpenAPI 3.1 description of everything that the broker answers. docs/openapi.json is generated from it. */
export const openApiDocument = withStatedLimits({
  openapi: '3.1.0',
  info: {
    title: 'Interlock',
    version: '0.1.0',
    summary: 'Pause Microsoft Entra provisioning jobs safely.',
    description:
      'The /v1.0 routes have the paths, bodies and errors of Microsoft Graph: an unmodified Graph client works by changing its base URL and scope. Everything else is Interlock’s own. Where limits are set, every request with a token may be answered 429 `rate_limited` with `Retry-After`; `RateLimit-Policy` and `RateLimit` tell the limits that it was counted against and what is left.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/', 'x-internal': true }],
  tags: [
    {
      name: 'jobs',
      description: 'Provisioning jobs: shaped as in Microsoft Graph, and under /api by their names in the policy.',
    },
    { name: 'holds', description: 'Who wants which job to stay paused.' },
    { name: 'policy', description: 'Who may what, and why.' },
    { name: 'audit', description: 'What happened, with proofs.' },
    { name: 'log', description: 'The transparency log.' },
    { name: 'session', description: 'Signing in to the console. With a session, /api takes its cookie for a token.' },
    { name: 'operations', description: 'Running Interlock.' },
  ],
  paths,
  components: {
    schemas: { SynchronizationJob: synchronizationJob, GraphError: graphError, Problem: problem },
    responses: {
      GraphError: {
        description: 'The error envelope of Microsoft Graph.',
        headers: { 'Retry-After': retryAfter },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/GraphError' } } },
      },
      Problem: {
        description: 'RFC 9457 problem details.',
        headers: { 'Retry-After': retryAfter },
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: '__Host-interlock-session',
        description: 'Session of a person who signed in to the console.',
      },
      entra: {
        type: 'oauth2',
        description:
          'Access token of Microsoft Entra for this API (v1.0 or v2.0). App roles for applications, scopes for users. Tokens are judged as RFC8725 asks: one algorithm, exact issuer and audience.',
        flows: {
          clientCredentials: {
            tokenUrl: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
            scopes: Object.fromEntries(rights.map((right) => [right, `The right ${right}.`])),
          },
        },
      },
    },
  },
} as const);
