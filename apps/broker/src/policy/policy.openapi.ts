import { yamlType } from '../edge/yaml-body.ts';
import { type ApiPaths, errors, json, requires, schemaOf } from '../openapi/operation.ts';
import { explainBody, whoCanParameters } from './policy-parameters.ts';
import { diffSchema, explanationSchema, policySchema, whoCanSchema } from './policy-view.ts';

const base = { tags: ['policy'], security: requires('Policy.Read') } as const;
const failures = errors('Problem', 400, 401, 403, 503);
const yaml = { [yamlType]: { schema: { type: 'string' } } };

export const policyPaths: ApiPaths = {
  '/api/policy': {
    get: {
      ...base,
      operationId: 'readPolicy',
      summary: 'Read the policy in force',
      description: `As JSON, or as the file's own text with \`Accept: ${yamlType}\`. The read is recorded.`,
      responses: {
        200: {
          description: 'The policy.',
          content: { 'application/json': { schema: schemaOf(policySchema) }, ...yaml },
        },
        ...failures,
      },
    },
  },
  '/api/policy/explain': {
    post: {
      ...base,
      operationId: 'explainPolicy',
      summary: 'Ask how a request would be judged, rule by rule',
      description:
        'Judges by the policy in force, apart from the coarse rights of a token. Nothing is sent to Graph; that it was asked is recorded.',
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(explainBody) } } },
      responses: { 200: json(schemaOf(explanationSchema), 'The decision, with every rule.'), ...failures },
    },
  },
  '/api/policy/who-can': {
    get: {
      ...base,
      operationId: 'whoCan',
      summary: 'Ask who can do something to a job',
      description:
        'Each caller of the policy is judged by itself: a person who is several callers has the grants of all, and the denials too. That it was asked is recorded.',
      parameters: Object.entries(whoCanParameters.shape).map(([name, schema]) => ({
        name,
        in: 'query',
        required: true,
        description: schema.description ?? 'What would be done.',
        schema: schemaOf(schema),
      })),
      responses: { 200: json(schemaOf(whoCanSchema), 'Those who can, and on what terms.'), ...failures },
    },
  },
  '/api/policy/diff': {
    post: {
      ...base,
      operationId: 'diffPolicy',
      summary: 'Ask what another policy would change',
      description:
        'Compares the policy in force with the one in the body over callers, actions and jobs, by conditions and not by sample times. That it was asked is recorded.',
      requestBody: { required: true, content: yaml },
      responses: { 200: json(schemaOf(diffSchema), 'What would change.'), ...failures, ...errors('Problem', 413, 415) },
    },
  },
};
