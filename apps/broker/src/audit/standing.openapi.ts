import { type ApiPaths, errors, json, requires, schemaOf } from '../openapi/operation.ts';
import { standingSchema } from './standing-view.ts';

export const standingPaths: ApiPaths = {
  '/api/audit/log': {
    get: {
      operationId: 'readLogStanding',
      summary: 'Read how far the log proves what it says',
      description:
        'Size, last checkpoint, and which anchors hold one. Until an anchor does, the log is "tamper-detecting"; afterwards it is "tamper-evident" up to the size that was anchored.',
      tags: ['audit'],
      security: requires('Audit.Read'),
      responses: {
        200: json(schemaOf(standingSchema), 'How the log stands now.'),
        ...errors('Problem', 400, 401, 403, 503),
      },
    },
  },
};
