import { maxBundleEntries } from '#audit';
import { type ApiPaths, errors, requires, schemaOf } from '../openapi/operation.ts';
import { evidenceBody } from './evidence-parameters.ts';

export const evidencePaths: ApiPaths = {
  '/api/audit/evidence': {
    post: {
      operationId: 'makeEvidence',
      summary: 'A part of the log as evidence that outsiders can check',
      description: `A .zip with the exact bytes of all entries that the query finds (at most ${maxBundleEntries}), a proof for each, the checkpoint, the policies that they cite, a signed manifest, and a script that checks it all with openssl. A purpose is required. The query is as for the export. Recorded before the first byte, and at the end with the SHA-256 of the bundle.`,
      tags: ['audit'],
      security: requires('Audit.Read'),
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(evidenceBody) } } },
      responses: {
        200: {
          description: 'The bundle.',
          content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
        },
        ...errors('Problem', 400, 401, 403, 404, 503),
      },
    },
  },
};
