import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { promisify } from 'node:util';
import { FakeClock } from '#testing';
import { closeApplication } from './close-application.ts';

it('cuts a client that never comes to the end of its request, 25 s after the drain', async () => {
  const clock = new FakeClock();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const slow = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [arrived] = [once(server, 'connection'), slow.write('GET / HTTP/1.1\r\nhost: ')];
  await arrived;
  const cut = once(slow, 'close');
  const app = { close: promisify(server.close.bind(server)), getHttpServer: () => server };
  const closed = closeApplication(app, { clock, drainMillis: 1_000 });

  await clock.advance(25_999);
  expect(slow.destroyed).toBe(false);
  await clock.advance(1);
  await Promise.all([cut, closed]);
});
