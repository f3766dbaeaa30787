import { type ApiPaths, errors, json, requires, schemaOf, text } from '../openapi/operation.ts';
import { entryPageSchema } from './entry-page.ts';
import { entryIndex, pageQuery } from './page-query.ts';

const failures = errors('Problem', 400, 401, 403, 503);

export const auditPaths: ApiPaths = {
  '/api/audit/events': {
    get: {
      operationId: 'listAuditEvents',
      summary: 'Read entries of the audit log in order',
      tags: ['audit'],
      security: requires('Audit.Read'),
      parameters: [
        {
          name: 'from',
          in: 'query',
          required: false,
          description: 'Index of the first entry.',
          schema: schemaOf(pageQuery.shape.from),
        },
        {
          name: 'limit',
          in: 'query',
          required: false,
          description: 'How many entries at most.',
          schema: schemaOf(pageQuery.shape.limit),
        },
      ],
      responses: {
        200: json(schemaOf(entryPageSchema), 'The entries, with the exact bytes that are hashed.'),
        ...failures,
      },
    },
  },
  '/api/audit/events/{index}/proof': {
    get: {
      operationId: 'proveAuditEvent',
      summary: 'Prove that an entry stands in the log',
      description: 'A c2sp.org/tlog-proof@v1 file: inclusion proof and signed checkpoint.',
      tags: ['audit'],
      security: requires('Audit.Read'),
      parameters: [
        { name: 'index', in: 'path', required: true, description: 'Index of the entry.', schema: schemaOf(entryIndex) },
      ],
      responses: { 200: text('The proof file.'), ...failures },
    },
  },
};
