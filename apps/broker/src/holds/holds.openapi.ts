import { oncePerKey } from '../idempotency/idempotency.openapi.ts';
import { justificationParameters } from '../jobs/jobs.openapi.ts';
import { justificationBody } from '../jobs/justification.ts';
import { anyCaller, type ApiParameter, type ApiPaths, errors, json, requires, schemaOf } from '../openapi/operation.ts';
import { holdId, holdListParameters } from './hold-parameters.ts';
import { holdPageSchema, holdViewSchema } from './hold-view.ts';

const id: ApiParameter = {
  name: 'holdId',
  in: 'path',
  required: true,
  description: 'Id of the hold.',
  schema: schemaOf(holdId),
};
const view = schemaOf(holdViewSchema);
const body = { required: false, content: { 'application/json': { schema: schemaOf(justificationBody) } } };
const failures = errors('Problem', 400, 401, 403, 404, 503);
const seen = 'A caller sees its own holds and those of jobs that it may read; with `Holds.Override` all of them.';

export const holdsPaths: ApiPaths = {
  '/api/holds': {
    get: {
      operationId: 'listHolds',
      summary: 'See who holds which job, and until when',
      description: seen,
      tags: ['holds'],
      security: anyCaller,
      parameters: Object.entries(holdListParameters.shape).map(([name, part]) => ({
        name,
        in: 'query',
        required: false,
        description: part.description ?? 'With `servicePrincipalId`: only holds of this job.',
        schema: schemaOf(part),
      })),
      responses: {
        200: {
          ...(json(schemaOf(holdPageSchema), 'The holds.') as object),
          headers: {
            Link: {
              description: 'RFC 8288 links: first, and next unless this is the last page.',
              schema: { type: 'string' },
            },
          },
        },
        ...errors('Problem', 400, 401, 503),
      },
    },
  },
  '/api/holds/{holdId}': {
    get: {
      operationId: 'getHold',
      summary: 'See a hold and what became of it',
      description: seen,
      tags: ['holds'],
      security: anyCaller,
      parameters: [id],
      responses: { 200: json(view, 'The hold.'), ...failures },
    },
    delete: oncePerKey(
      {
        operationId: 'releaseHold',
        summary: 'Give up a hold',
        description:
          'For its owner, or with `Holds.Override` and a reason. When it is the last hold of a job that was running before, the job is started again, unless somebody else has started it, it is in quarantine, or the policy forbids it: `state` and `cause` of the reply tell what happened. While a pause or start of the job is under way nothing is changed (409 `hold_changing`).',
        tags: ['holds'],
        security: anyCaller,
        parameters: [id, ...justificationParameters],
        requestBody: body,
        responses: { 200: json(view, 'The hold as it has ended.'), ...failures, ...errors('Problem', 502) },
      },
      'Problem',
    ),
    patch: oncePerKey(
      {
        operationId: 'extendHold',
        summary: 'Move the end of a hold',
        description:
          'For its owner. Judged by the policy like the pause that made it, counting from when it began: `maxDuration` holds for the whole. Reason and ticket of the pause count unless new ones are given.',
        tags: ['holds'],
        security: requires('Jobs.Pause'),
        parameters: [id, ...justificationParameters],
        requestBody: { ...body, required: true },
        responses: { 200: json(view, 'The hold with its new end.'), ...failures },
      },
      'Problem',
    ),
  },
};
