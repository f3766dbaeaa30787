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
import { catalogSchema, jobViewSchema } from './job-view.ts';
import { dryRun, job, justificationParameters, pauseMeaning, servicePrincipal, startMeaning } from './jobs.openapi.ts';
import { judgementSchema } from './judgement.ts';
import { justificationBody } from './justification.ts';

const alias: ApiParameter = {
  name: 'alias',
  in: 'path',
  required: true,
  description: "The job's name in the policy's catalog.",
  schema: { type: 'string' },
};
const prefer: ApiParameter = {
  name: 'prefer',
  in: 'header',
  required: false,
  description:
    '`return=representation` (RFC 7240) asks for the job as it is after the change. It is met, and `Preference-Applied` says so, when the caller may read the job and Graph shows it.',
  schema: { type: 'string', examples: ['return=representation'] },
};
const view = schemaOf(jobViewSchema);
const failures = errors('Problem', 400, 401, 403, 404, 429, 502, 503);

/** The two ways to name a job: its parameters and how its operation ids end. */
const byName = { path: '/api/jobs/{alias}', parameters: [alias], suffix: 'ByName' };
const byIds = {
  path: '/api/jobs/{servicePrincipalId}/{jobId}',
  parameters: [servicePrincipal, job],
  suffix: 'ByIds',
};

export const namedJobsPaths: ApiPaths = {
  '/api/jobs': {
    get: {
      operationId: 'listNamedJobs',
      summary: 'List the jobs that the policy names',
      description: 'In the order of the policy, without those that the caller may not read. Graph is not called.',
      tags: ['jobs'],
      security: requires('Jobs.Read'),
      responses: { 200: json(schemaOf(catalogSchema), 'The entries.'), ...errors('Problem', 400, 401, 403, 503) },
    },
  },
  ...pathsOf(byName),
  ...pathsOf(byIds),
};

function pathsOf({ path, parameters, suffix }: typeof byName): ApiPaths {
  const change = (action: 'pause' | 'start', description: string): ApiOperation =>
    oncePerKey(
      {
        operationId: `${action}Job${suffix}`,
        summary: `${action === 'pause' ? 'Pause' : 'Start'} a job, and see it afterwards`,
        description,
        tags: ['jobs'],
        security: requires(action === 'pause' ? 'Jobs.Pause' : 'Jobs.Start'),
        parameters: [...parameters, dryRun, prefer, ...justificationParameters],
        requestBody: { required: false, content: { 'application/json': { schema: schemaOf(justificationBody) } } },
        responses: {
          200: json(
            { anyOf: [view, schemaOf(judgementSchema)] },
            'The job after the change, where that was preferred; for a dry run what the policy says.',
          ),
          204: { description: 'Accepted by Graph, with its outcome recorded.' },
          ...failures,
          ...errors('Problem', 413, 415),
        },
      },
      'Problem',
    );
  return {
    [path]: {
      get: {
        operationId: `getJob${suffix}`,
        summary: 'See the state of a job',
        description: 'Read from Graph now; with the pause that it rests on, as far as the log knows.',
        tags: ['jobs'],
        security: requires('Jobs.Read'),
        parameters,
        responses: { 200: json(view, 'The job.'), ...failures },
      },
    },
    [`${path}/pause`]: { post: change('pause', pauseMeaning) },
    [`${path}/start`]: { post: change('start', startMeaning) },
  };
}
