import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { installConnectionClosing } from './closing-connections.ts';

it('closes a kept-alive connection with the reply that was in flight when the close began', async () => {
  const app = fastify({ forceCloseConnections: 'idle', return503OnClosing: true });
  installConnectionClosing(app);
  const arrived = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<string>();
  app.addHook('preClose', (done) => {
    done();
    released.resolve('done');
  });
  app.get('/', () => {
    arrived.resolve(undefined);
    return released.promise;
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const agent = new Agent({ keepAlive: true });
  const request = get({ port: (app.server.address() as AddressInfo).port, agent });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  await arrived.promise;
  const closed = app.close();

  const [reply] = await answered;
  reply.resume();
  expect([reply.statusCode, reply.headers.connection]).toEqual([200, 'close']);
  await closed;
  agent.destroy();
});

it('closes a connection whose client asked for another protocol, and keeps others', async () => {
  const app = fastify();
  installConnectionClosing(app);
  app.get('/', () => 'served');
  const answered = async (headers: Record<string, string>) => (await app.inject({ url: '/', headers })).headers;

  expect(await answered({ connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' })).toMatchObject({
    connection: 'close',
  });
  expect((await answered({})).connection).not.toBe('close');
  await app.close();
});
