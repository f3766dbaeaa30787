import { type ApiPaths, errors, json, requires, schemaOf } from '../openapi/operation.ts';
import { openUnknownsSchema } from './open-unknowns.ts';

export const openUnknownsPaths: ApiPaths = {
  '/api/audit/open': {
    get: {
      operationId: 'listOpenUnknowns',
      summary: 'Read which requests nobody knows the end of',
      description:
        'Intents whose outcome is unknown, and intents without outcome that nobody works on any more. Each is taken off the list by a reconciliation, which stands in the log.',
      tags: ['audit'],
      security: requires('Audit.Read'),
      responses: {
        200: json(schemaOf(openUnknownsSchema), 'What is open now.'),
        ...errors('Problem', 400, 401, 403, 503),
      },
    },
  },
};
