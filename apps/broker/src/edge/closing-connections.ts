import { promisify } from 'node:util';
import type { Clock } from '#kernel';
import type { FastifyInstance } from 'fastify';

/** Long enough for a busy client to send its next request, which is then answered and ends the connection. */
const leastDrainMillis = 100;

/** How the end of serving is timed. */
export interface Draining {
  readonly clock: Clock;
  /** How long requests are still taken once the close has begun, so that load balancers learn of it. */
  readonly drainMillis: number;
}

/**
 * Ends connections with the reply where they could not go on. When the broker begins to close: otherwise a kept-alive
 * connection holds the close until it times out, longer than orchestrators wait with SIGKILL, or is cut while a request
 * is on its way to us. So the close first waits, while every reply asks for the end of its connection. And when the
 * client asked for another protocol, which there is none of here: Node stops to read such a connection when it was
 * answered before its body had arrived, and the next request on it would wait for ever.
 */
export function installConnectionClosing(fastify: FastifyInstance, { clock, drainMillis }: Draining): void {
  let closing = false;
  fastify.addHook('preClose', async () => {
    closing = true;
    const { server } = fastify;
    if (!server.listening) return;
    const connections = await promisify(server.getConnections.bind(server))();
    await clock.wait(Math.max(drainMillis, connections > 0 ? leastDrainMillis : 0));
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (closing || request.headers.upgrade !== undefined) reply.header('connection', 'close');
    done(null, payload);
  });
}
