import { type ApiPaths, json, open } from '../openapi/operation.ts';
import { readinessChecks } from './readiness.ts';

const check = {
  type: 'object',
  required: ['status'],
  properties: { status: { enum: ['ok', 'warning', 'failed'] }, detail: { type: 'string' } },
};
const report = {
  type: 'object',
  required: ['status'],
  properties: {
    status: { enum: ['ready', 'not_ready'] },
    checks: {
      type: 'object',
      required: readinessChecks,
      properties: Object.fromEntries(readinessChecks.map((name) => [name, check])),
    },
  },
};

export const healthPaths: ApiPaths = {
  '/health/live': {
    get: {
      operationId: 'live',
      summary: 'Whether the process answers',
      tags: ['operations'],
      security: open,
      responses: { 200: json({ type: 'object', properties: { status: { const: 'live' } } }, 'It does.') },
    },
  },
  '/health/ready': {
    get: {
      operationId: 'ready',
      summary: 'Whether a request would be served now',
      description: 'Where monitoring has a port of its own (METRICS_PORT), the checks are told there only.',
      tags: ['operations'],
      security: open,
      responses: { 200: json(report, 'It would.'), 503: json(report, 'It would not; each check says why.') },
    },
  },
};
