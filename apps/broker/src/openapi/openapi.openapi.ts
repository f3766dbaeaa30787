import { type ApiPaths, json, open } from './operation.ts';

export const openApiPaths: ApiPaths = {
  '/openapi.json': {
    get: {
      operationId: 'openapi',
      summary: 'This description',
      tags: ['operations'],
      security: open,
      responses: { 200: json({ type: 'object' }, 'OpenAPI 3.1.') },
    },
  },
  '/docs': {
    get: {
      operationId: 'docs',
      summary: 'This description as a page to read',
      tags: ['operations'],
      security: open,
      responses: { 200: { description: 'HTML.', content: { 'text/html': { schema: { type: 'string' } } } } },
    },
  },
};
