// Preloaded into a broker (`--import`): writes `route <METHOD> <path>` for each route that its HTTP server really
// gets, whoever registers it. Plain Node runs this file, so it uses only what can be stripped from TypeScript.
import { subscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { readonly fastify: FastifyInstance };
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) process.stderr.write(`route ${each} ${url}\n`);
  });
});
