import { type ApiPaths, errors, json, open, text } from '../openapi/operation.ts';

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
  '/.well-known/security.txt': {
    get: {
      operationId: 'securityContact',
      summary: 'Whom to tell of a vulnerability (RFC 9116)',
      description: 'Exists where the operator set INTERLOCK_SECURITY_CONTACT.',
      tags: ['operations'],
      security: open,
      responses: { 200: text('Contact, expiry and canonical address.'), ...errors('GraphError', 401, 404) },
    },
  },
};
