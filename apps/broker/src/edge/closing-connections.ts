import type { FastifyInstance } from 'fastify';

/**
 * Tells clients whose request was in flight when the broker began to close that their connection ends with the reply.
 * Without it a kept-alive connection holds the close until it times out, longer than orchestrators wait with SIGKILL.
 */
export function installConnectionClosing(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
}
