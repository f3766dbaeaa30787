// The leanest gateway in Node that still knows its callers: @fastify/http-proxy behind a JWT check by jose and a check of
// the role. No policy, no audit.
import proxy from '@fastify/http-proxy';
import Fastify from 'fastify';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { listening, setting, upstreamAuthorization } from './peer.ts';

const keys = createRemoteJWKSet(new URL(setting('JWKS_URI')));
const expected = { audience: setting('AUDIENCE'), issuer: setting('ISSUER'), algorithms: ['RS256'] };

const fastify = Fastify();
fastify.addHook('onRequest', async (request, reply) => {
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const verified = await jwtVerify(token, keys, expected).catch(() => undefined);
  if (verified === undefined) return reply.code(401).send();
  const { roles } = verified.payload;
  return Array.isArray(roles) && roles.includes('Jobs.Pause') ? undefined : reply.code(403).send();
});
await fastify.register(proxy, {
  upstream: setting('UPSTREAM'),
  httpMethods: ['POST'],
  undici: { connections: 128 },
  replyOptions: {
    rewriteRequestHeaders: (_request, headers) => ({ ...headers, authorization: upstreamAuthorization }),
  },
});
await fastify.listen({ port: 0, host: '127.0.0.1' });
listening(fastify.server);
