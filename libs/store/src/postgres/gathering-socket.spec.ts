import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { GatheringSocket } from './gathering-socket.ts';

class CountingSocket extends GatheringSocket {
  handedOver = 0;

  override _writev(...args: Parameters<NonNullable<Socket['_writev']>>): void {
    this.handedOver += 1;
    super._writev?.(...args);
  }
}

describe('GatheringSocket', () => {
  it('hands over at once what was written query by query, and again what comes later', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = new CountingSocket().connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [[peer]] = (await Promise.all([once(server, 'connection'), once(socket, 'connect')])) as [[Socket], unknown];
    const query = (text: string) => {
      socket.cork();
      socket.write(`${text} `);
      socket.write('sync ');
      socket.uncork();
    };
    query('a');
    query('b');
    socket.write('c ');
    await new Promise((resolve) => socket.write('d ', resolve));
    query('e');
    socket.end();

    expect(Buffer.concat(await peer.toArray()).toString()).toBe('a sync b sync c d e sync ');
    expect(socket.handedOver).toBe(2);
    server.close();
  });
});
