import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { FakeClock } from '#testing';
import { fastify } from 'fastify';
import { installConnectionClosing } from './closing-connections.ts';

const drainMillis = 5_000;

it('serves until the drain is over, each reply asking for the end of its connection', async () => {
  const clock = new FakeClock();
  const app = fastify({ forceCloseConnections: 'idle', return503OnClosing: false });
  installConnectionClosing(app, { clock, drainMillis });
  const arrived = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<string>();
  app.get('/slow', () => {
    arrived.resolve(undefined);
    return released.promise;
  });
  app.get('/', () => 'served');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const agent = new Agent({ keepAlive: true });
  const { port } = app.server.address() as AddressInfo;
  const ask = async (path: string) => {
    const [reply] = (await once(get({ port, path, agent }), 'response')) as [IncomingMessage];
    reply.resume();
    return [reply.statusCode, reply.headers.connection];
  };
  const begunBefore = ask('/slow');
  await arrived.promise;
  const closed = app.close();
  while (clock.waiting === 0) await setImmediate();

  expect(await ask('/')).toEqual([200, 'close']);
  await clock.advance(drainMillis);
  released.resolve('done');
  expect(await begunBefore).toEqual([200, 'close']);
  await closed;
  agent.destroy();
});

it('closes a connection whose client asked for another protocol, and keeps others', async () => {
  const app = fastify();
  installConnectionClosing(app, { clock: new FakeClock(), drainMillis });
  app.get('/', () => 'served');
  const answered = async (headers: Record<string, string>) => (await app.inject({ url: '/', headers })).headers;

  expect(await answered({ connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' })).toMatchObject({
    connection: 'close',
  });
  expect((await answered({})).connection).not.toBe('close');
  await app.close();
});
