import { type ApiPaths, json, open } from '../openapi/operation.ts';

export const wellKnownPaths: ApiPaths = {
  '/.well-known/oauth-protected-resource': {
    get: {
      operationId: 'protectedResourceMetadata',
      summary: 'OAuth 2.0 protected resource metadata (RFC 9728)',
      tags: ['operations'],
      security: open,
      responses: { 200: json({ type: 'object' }, 'Where to get a token and which scopes exist.') },
    },
  },
};
