import { type ApiParameter, type ApiPaths, errors, json, requires, schemaOf } from '../openapi/operation.ts';
import { judgementSchema } from './judgement.ts';
import { justificationBody, justificationHeaders } from './justification.ts';

const servicePrincipal: ApiParameter = {
  name: 'servicePrincipalId',
  in: 'path',
  required: true,
  description: 'Object id of the enterprise application (not its appId).',
  schema: { type: 'string', format: 'uuid' },
};
const job: ApiParameter = {
  name: 'jobId',
  in: 'path',
  required: true,
  description: 'Id of the synchronizationJob, case-sensitive.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$' },
};
const dryRun: ApiParameter = {
  name: 'dryRun',
  in: 'query',
  required: false,
  description: 'Judge and explain only: nothing is recorded as an intent and Graph is not called.',
  schema: { type: 'boolean', default: false },
};
const headers = Object.entries(justificationHeaders).map(([field, header]): ApiParameter => ({
  name: header,
  in: 'header',
  required: false,
  description: `The same as \`${field}\` in the body, for clients that cannot send one.`,
  schema: { type: 'string' },
}));
const jobSchema = { $ref: '#/components/schemas/SynchronizationJob' };
const failures = errors('GraphError', 400, 401, 403, 404, 429, 502, 503);
const base = '/v1.0/servicePrincipals/{servicePrincipalId}/synchronization/jobs';

export const jobsPaths: ApiPaths = {
  [base]: {
    get: {
      operationId: 'listJobs',
      summary: "List a service principal's provisioning jobs",
      description: 'Jobs that the caller may not read are left out. A trailing slash is fine.',
      tags: ['jobs'],
      security: requires('Jobs.Read'),
      parameters: [servicePrincipal],
      responses: {
        200: json(
          { type: 'object', properties: { value: { type: 'array', items: jobSchema } } },
          'The jobs, as Graph lists them.',
        ),
        ...failures,
      },
    },
  },
  [`${base}/{jobId}`]: {
    get: {
      operationId: 'getJob',
      summary: 'Read a provisioning job',
      tags: ['jobs'],
      security: requires('Jobs.Read'),
      parameters: [servicePrincipal, job],
      responses: { 200: json(jobSchema, 'The job, as Graph shows it.'), ...failures },
    },
  },
  [`${base}/{jobId}/pause`]: {
    post: {
      operationId: 'pauseJob',
      summary: 'Pause a provisioning job',
      description:
        'The request is judged by the policy and recorded before Graph hears of it. 204 means that Graph accepted the pause; the cycle under way still finishes.',
      tags: ['jobs'],
      security: requires('Jobs.Pause'),
      parameters: [servicePrincipal, job, dryRun, ...headers],
      requestBody: { required: false, content: { 'application/json': { schema: schemaOf(justificationBody) } } },
      responses: {
        200: json(schemaOf(judgementSchema), 'A dry run: what the policy says.'),
        204: { description: 'Accepted by Graph, with its outcome recorded.' },
        ...failures,
        ...errors('GraphError', 409, 413, 415),
      },
    },
  },
};
