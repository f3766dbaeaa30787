import { oncePerKey } from '../idempotency/idempotency.openapi.ts';
import {
  anyCaller,
  type ApiOperation,
  type ApiParameter,
  type ApiPaths,
  errors,
  json,
  requires,
  schemaOf,
} from '../openapi/operation.ts';
import { bulkBody, bulkParameters, operationId } from './bulk-body.ts';
import { operationSchema, rehearsalSchema } from './bulk-view.ts';

const dryRun: ApiParameter = {
  name: 'dryRun',
  in: 'query',
  required: false,
  description: 'Only tell what the policy says about each job; nothing is recorded or sent.',
  schema: schemaOf(bulkParameters.shape.dryRun),
};
const prefer: ApiParameter = {
  name: 'prefer',
  in: 'header',
  required: false,
  description:
    'RFC 7240: `wait=10` asks to wait so many seconds (30 at most) for the end, which is then answered with 200. Without it, or with `respond-async`, the reply comes at once.',
  schema: { type: 'string', examples: ['wait=10'] },
};
const operation = schemaOf(operationSchema);
const header = (description: string) => ({ description, schema: { type: 'string' } });

export const bulkPaths: ApiPaths = {
  '/api/bulk/pause': { post: change('pause') },
  '/api/bulk/start': { post: change('start') },
  '/api/operations/{operationId}': {
    get: {
      operationId: 'getOperation',
      summary: 'Follow a bulk operation',
      description:
        'For the caller that began it, and with `Audit.Read`, which is recorded. An operation can be looked at for 30 days after its end.',
      tags: ['jobs'],
      security: anyCaller,
      parameters: [
        {
          name: 'operationId',
          in: 'path',
          required: true,
          description: 'From the Location header of the request.',
          schema: schemaOf(operationId),
        },
      ],
      responses: {
        200: json(operation, 'How far it is, item by item. `Retry-After` tells when to look again while it runs.'),
        ...errors('Problem', 400, 401, 404, 503),
      },
    },
  },
};

function change(action: 'pause' | 'start'): ApiOperation {
  const described: ApiOperation = {
    operationId: action === 'pause' ? 'pauseJobs' : 'startJobs',
    summary: action === 'pause' ? 'Pause many jobs' : 'Start many jobs',
    description:
      'Each job goes the way of a single request: judged by the policy, recorded, sent, with a hold and an outcome of its own, so partial results are normal. At most 500 jobs. It is on record and carried to its end, over restarts too, from the reply on; what was not begun within an hour is not done any more.',
    tags: ['jobs'],
    security: requires(action === 'pause' ? 'Jobs.Pause' : 'Jobs.Start'),
    parameters: [dryRun, prefer],
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(bulkBody) } } },
    responses: {
      200: json(
        { anyOf: [operation, schemaOf(rehearsalSchema)] },
        'The operation, where it ended within the preferred wait; for a dry run what the policy says.',
      ),
      202: {
        ...(json(operation, 'Begun.') as object),
        headers: {
          Location: header('Where to follow it.'),
          'Retry-After': header('Seconds until it is worth a look.'),
        },
      },
      ...errors('Problem', 400, 401, 403, 404, 413, 415, 429, 502, 503),
    },
  };
  return oncePerKey(described, 'Problem');
}
