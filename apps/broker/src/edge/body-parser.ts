import { InvalidInput } from '#kernel';
import type { FastifyInstance } from 'fastify';
import { formType, readLogoutForm } from '../session/logout-form.ts';
import { readYaml, yamlType } from './yaml-body.ts';

/** Largest body in bytes; a justification needs far less. */
export const bodyLimit = 16 * 1024;

/**
 * JSON only, but for the route that takes a whole policy and the one that takes logout tokens. An empty body is fine whatever its media type says: Graph SDKs send `Content-Type: application/json` with
 * `Content-Length: 0`.
 */
export function installBodyParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(body as string));
    } catch {
      done(new InvalidInput('body_malformed', 'The body is not valid JSON.', 'body'));
    }
  });
  fastify.addContentTypeParser(yamlType, readYaml);
  fastify.addContentTypeParser(formType, { parseAs: 'string', bodyLimit }, readLogoutForm);
  fastify.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, done) => {
    if (body === '') done(null, undefined);
    else done(Object.assign(new Error('media type not supported'), { statusCode: 415 }));
  });
}
