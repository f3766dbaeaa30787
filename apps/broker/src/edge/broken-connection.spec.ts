import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { answerBrokenConnection } from './broken-connection.ts';

describe('a client that takes longer than it may and goes on sending', () => {
  let server: Server;
  let client: Socket;
  let handled: number;
  beforeEach(async () => {
    handled = 0;
    server = createServer({ headersTimeout: 20, requestTimeout: 20, connectionsCheckingInterval: 5 }, (_, reply) => {
      handled += 1;
      reply.end();
    });
    server.on('clientError', answerBrokenConnection);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined);
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  it('loses its connection although it does not read that it was refused', async () => {
    client.write('GET / HTTP/1.1\r\nx-slow: ');
    const slow = setInterval(() => client.write('a'), 10);
    const [taken] = (await once(server, 'connection')) as [Socket];
    await once(taken, 'close');
    clearInterval(slow);

    expect(taken.bytesRead).toBeLessThan(1_000);
  });

  it('is told 408, and what it asked is not done when it comes to an end after all', async () => {
    client.write('GET / HTTP/1.1\r\nhost: slow\r\n');
    const [told] = (await once(client, 'data')) as [Buffer];
    client.write('\r\n');
    await once(client, 'close');

    expect(String(told)).toMatch(/^HTTP\/1\.1 408 .*"code":"RequestTimeout"/s);
    expect(handled).toBe(0);
  });
});
