import { oncePerKey } from '../idempotency/idempotency.openapi.ts';
import {
  type ApiOperation,
  type ApiParameter,
  type ApiPaths,
  errors,
  json,
  requires,
  schemaOf,
} from '../openapi/operation.ts';
import { judgementSchema } from './judgement.ts';
import { justificationBody, justificationHeaders } from './justification.ts';

export const servicePrincipal: ApiParameter = {
  name: 'servicePrincipalId',
  in: 'path',
  required: true,
  description: 'Object id of the enterprise application (not its appId).',
  schema: { type: 'string', format: 'uuid' },
};
export const job: ApiParameter = {
  name: 'jobId',
  in: 'path',
  required: true,
  description: 'Id of the synchronizationJob, case-sensitive.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$' },
};
export const dryRun: ApiParameter = {
  name: 'dryRun',
  in: 'query',
  required: false,
  description: 'Judge and explain only: nothing is recorded as an intent and Graph is not called.',
  schema: { type: 'boolean', default: false },
};
export const justificationParameters = Object.entries(justificationHeaders).map(([field, header]): ApiParameter => ({
  name: header,
  in: 'header',
  required: false,
  description: `The same as \`${field}\` in the body, for clients that cannot send one.`,
  schema: { type: 'string' },
}));
/** What a pause does, for callers. */
export const pauseMeaning =
  'The request is judged by the policy and recorded before Graph hears of it. 204 means that Graph accepted the pause; the cycle under way still finishes. A job that is paused already is paused again, and the log says so. The caller holds the job from then on, until `duration` or `until`, when it is started again, or until it gives the hold up. Pausing once more replaces the hold.';
/** What a start does, for callers. */
export const startMeaning =
  "Ends the caller's hold. While others hold the job nothing is done (409 `held_by_others`). The job is read first. One that is not stopped is not started (409 `job_running`); one in quarantine only where the deciding rule says `startQuarantined` (409 `job_quarantined`). If the job cannot be read it is not started. 204 means that Graph accepted the start.";
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
  [`${base}/{jobId}/pause`]: { post: change('pauseJob', 'Pause a provisioning job', pauseMeaning, 'Jobs.Pause') },
  [`${base}/{jobId}/start`]: { post: change('startJob', 'Start a provisioning job', startMeaning, 'Jobs.Start') },
};

function change(operationId: string, summary: string, description: string, right: string): ApiOperation {
  const operation = {
    operationId,
    summary,
    description,
    tags: ['jobs'],
    security: requires(right),
    parameters: [servicePrincipal, job, dryRun, ...justificationParameters],
    requestBody: { required: false, content: { 'application/json': { schema: schemaOf(justificationBody) } } },
    responses: {
      200: json(schemaOf(judgementSchema), 'A dry run: what the policy says.'),
      204: { description: 'Accepted by Graph, with its outcome recorded.' },
      ...failures,
      ...errors('GraphError', 413, 415),
    },
  };
  return oncePerKey(operation, 'GraphError');
}
