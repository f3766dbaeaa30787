import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectGraph, endpointsOf } from '#graph';
import { ClientId } from '#kernel';
import { FakeClock } from '#testing';

const clientId = ClientId.parse('22222222-0000-4000-8000-000000000002', 'client');

/** An HTTP server whose answer can be exchanged; without one it takes requests and stays silent. */
class Listener {
  answer: RequestListener = () => undefined;
  heard = 0;
  readonly server: Server = createServer((request, response) => {
    this.heard += 1;
    this.answer(request, response);
  });

  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe('the token of a managed identity', () => {
  const environment = { ...process.env };
  const host = new Listener();
  const proxy = new Listener();
  // The identity library looks for the endpoint once per process, so that all tests share one.
  beforeAll(async () => {
    process.env['IDENTITY_ENDPOINT'] = `${await host.open()}/msi/token`;
    process.env['IDENTITY_HEADER'] = 'secret-of-the-endpoint';
    const proxyUrl = await proxy.open();
    for (const name of ['HTTP_PROXY', 'ALL_PROXY']) process.env[name] = proxyUrl;
  });
  afterAll(() => {
    process.env = environment;
    host.close();
    proxy.close();
  });

  function connect(clock: FakeClock) {
    const credential = { kind: 'managed-identity', clientId } as const;
    return connectGraph({ endpoints: endpointsOf('global'), credential, version: '0.0.0' }, clock);
  }

  it('is given up after twenty seconds when the host takes the request and never answers', async () => {
    const clock = new FakeClock();
    const { tokens, close } = await connect(clock);
    const asked = once(host.server, 'request');
    const refused = expect(tokens.token()).rejects.toMatchObject({
      code: 'credential_unavailable',
      message: 'No token came in time.',
    });
    await asked;
    await clock.advance(20_000);

    await refused;
    await close();
  });

  it('is asked for directly, so that no proxy of the environment learns the secret of the endpoint', async () => {
    const clock = new FakeClock(new Date().toISOString());
    host.answer = (_request, response) => {
      const expires_on = String(Math.floor(clock.now() / 1000) + 3600);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'a-token', expires_on, token_type: 'Bearer' }));
    };
    const { tokens, close } = await connect(clock);
    const before = host.heard;

    expect((await tokens.token()).authorization()).toBe('Bearer a-token');
    expect([host.heard - before, proxy.heard]).toEqual([1, 0]);
    await close();
  });
});
