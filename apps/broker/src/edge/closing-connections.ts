import type { FastifyInstance } from 'fastify';

/**
 * Ends connections with the reply where they could not go on. When the broker begins to close: otherwise a kept-alive
 * connection holds the close until it times out, longer than orchestrators wait with SIGKILL. And when the client asked
 * for another protocol, which there is none of here: Node stops to read such a connection when it was answered before
 * its body had arrived, and the next request on it would wait for ever.
 */
export function installConnectionClosing(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (closing || request.headers.upgrade !== undefined) reply.header('connection', 'close');
    done(null, payload);
  });
}
