import { oncePerKey } from '../idempotency/idempotency.openapi.ts';
import { type ApiPaths, errors, json, requires, schemaOf } from '../openapi/operation.ts';
import { reviewBody, reviewSchema } from './review-body.ts';

export const reviewsPaths: ApiPaths = {
  '/api/audit/reviews': {
    post: oncePerKey(
      {
        operationId: 'markReviewed',
        summary: 'Put on record that an entry was looked at',
        description:
          'Becomes an entry of its own, `audit.reviewed`, whose parent is the one that was looked at. May be done again, by anybody who may read the log.',
        tags: ['audit'],
        security: requires('Audit.Read'),
        requestBody: { required: true, content: { 'application/json': { schema: schemaOf(reviewBody) } } },
        responses: {
          201: json(schemaOf(reviewSchema), 'It is on record.'),
          ...errors('Problem', 400, 401, 403, 404, 410, 503),
        },
      },
      'Problem',
    ),
  },
};
