import { maxPolicyBytes } from '#policy';
import type { FastifyRequest } from 'fastify';

/** Media type of a policy file. @see https://www.rfc-editor.org/rfc/rfc9512 */
export const yamlType = 'application/yaml';

/** The only route that takes such a body. */
export const candidateRoute = '/api/policy/diff';

/**
 * Reads a policy of up to {@link maxPolicyBytes}, as bytes. Of a stranger, and on any other route, nothing is read: that
 * is far more than the limit of other bodies.
 */
export async function readYaml(request: FastifyRequest, payload: AsyncIterable<Buffer>): Promise<Buffer> {
  const { principal } = request.interlock ?? {};
  const isKnown = principal !== undefined && 'caller' in principal;
  if (!isKnown || request.routeOptions.url !== candidateRoute) throw refusal(415);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload) {
    size += chunk.length;
    if (size > maxPolicyBytes) throw refusal(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusal(statusCode: 413 | 415): Error {
  return Object.assign(new Error('the body is refused'), { statusCode });
}
