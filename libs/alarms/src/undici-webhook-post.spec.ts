import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Lookup } from './guarded-connector.ts';
import { UndiciWebhookPost } from './undici-webhook-post.ts';

let server: Server;
let connections = 0;
let answer: RequestListener;
let post: UndiciWebhookPost | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    answer(request, response);
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  connections = 0;
  answer = (request, response) => request.resume().on('end', () => response.writeHead(204).end());
});
afterEach(async () => {
  await post?.close();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const at = (host: string) => `http://${host}:${(server.address() as AddressInfo).port}/`;
/** Gives these answers one after the other, the last one for ever. */
const resolving =
  (...answers: (readonly string[])[]): Lookup =>
  (_host, _options, callback) => {
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
const send = async (url: string, reach: 'public' | 'private' | 'loopback', lookup?: Lookup, signal?: AbortSignal) => {
  post = new UndiciWebhookPost({ ...(lookup !== undefined && { lookup }), timeoutMillis: 5_000 });
  return post.post({ url, reach }, { 'webhook-id': 'event' }, '{}', signal);
};
const refused = { kind: 'misconfigured', reason: 'alarm_address_refused' };

describe('the way to a destination', () => {
  it('leads to an address that it may have', async () => {
    expect(await send(at('receiver.example'), 'loopback', resolving(['127.0.0.1']))).toEqual({ kind: 'delivered' });
  });

  it.each([
    ['resolves to this machine', resolving(['127.0.0.1'])],
    ['resolves to a good address and to this machine', resolving(['1.1.1.1', '127.0.0.1'])],
    ['resolves to metadata', resolving(['::ffff:a9fe:a9fe'])],
  ])('ends before it connects when the name %s', async (_, lookup) => {
    expect(await send(at('receiver.example'), 'public', lookup)).toEqual(refused);
    expect(connections).toBe(0);
  });

  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433'])(
    'ends at the literal %s',
    async (host) => {
      expect(await send(at(host), 'public')).toEqual(refused);
      expect(connections).toBe(0);
    },
  );

  it('is judged anew for each attempt, so that a name that changes gains nothing', async () => {
    const lookup = resolving(['127.0.0.1'], ['10.0.0.1']);
    expect(await send(at('receiver.example'), 'loopback', lookup)).toEqual({ kind: 'delivered' });
    expect(await post?.post({ url: at('receiver.example'), reach: 'loopback' }, {}, '{}')).toEqual(refused);
    expect(connections).toBe(1);
  });

  it('is not taken in plain to another machine', async () => {
    expect(await send(at('receiver.example'), 'loopback', resolving(['192.168.1.1']))).toEqual(refused);
  });

  it('follows no redirect', async () => {
    answer = (_request, response) => response.writeHead(302, { location: at('localhost') }).end();
    expect(await send(at('localhost'), 'loopback')).toEqual({ kind: 'misconfigured', reason: 'redirected' });
    expect(connections).toBe(1);
  });

  it('does not listen to a reply that does not end', async () => {
    answer = (_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    };
    expect(await send(at('localhost'), 'loopback')).toEqual({ kind: 'delivered' });
  });

  it('ends when the broker does', async () => {
    const stopping = new AbortController();
    answer = () => {
      stopping.abort();
    };
    expect(await send(at('localhost'), 'loopback', undefined, stopping.signal)).toMatchObject({ kind: 'troubled' });
  });

  it('tells that nobody is there', async () => {
    const lookup: Lookup = (_host, _options, callback) => {
      callback(new Error('ENOTFOUND'), []);
    };
    expect(await send(at('receiver.example'), 'public', lookup)).toEqual({ kind: 'troubled', reason: 'unreachable' });
  });
});
