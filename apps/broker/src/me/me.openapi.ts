import { anyCaller, type ApiPaths, errors, json, schemaOf } from '../openapi/operation.ts';
import { myStandingSchema } from './my-standing.ts';

export const mePaths: ApiPaths = {
  '/api/me': {
    get: {
      operationId: 'readMe',
      summary: 'See who you are to Interlock and what you may do',
      description:
        'Judges every action on every job of the catalog for you, now and without a justification: allowed, what it would need, or why it is denied. Nothing is recorded and nothing is sent to Graph.',
      tags: ['jobs'],
      security: anyCaller,
      responses: { 200: json(schemaOf(myStandingSchema), 'Your standing.'), ...errors('Problem', 401, 503) },
    },
  },
};
