import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import type { EpochMillis } from '#kernel';
import { FakeClock } from '#testing';
import { AccessToken } from './access-token.ts';
import { AxiosTransport } from './axios-transport.ts';
import { Deadline } from './deadline.ts';
import { type GraphRequest, TransportFailure } from './graph-transport.ts';
import { maxBodyBytes } from './undici-adapter.ts';

const canary = 'canary-7f3e';
const token = AccessToken.received(canary, 0 as EpochMillis, 3_600_000 as EpochMillis);
const endless = () => new Deadline(new FakeClock(), Number.MAX_SAFE_INTEGER as EpochMillis);
const post = (path: string): GraphRequest => ({
  method: 'POST',
  path,
  token,
  clientRequestId: 'id-1',
  freshConnection: false,
});
const get = (path: string): GraphRequest => ({ ...post(path), method: 'GET' });

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function listen(server: Server | TcpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function connect(root: string, connections = 4): AxiosTransport {
  const transport = new AxiosTransport(root, { version: '1.2.3', connections });
  open.unshift(transport);
  return transport;
}

/** A server that answers as told and keeps the raw text of what it heard, per connection. */
async function rawServer(answer: (socket: Socket, heard: string) => void) {
  const connections: string[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    const index = connections.push('') - 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      connections[index] = `${connections[index] ?? ''}${chunk.toString('latin1')}`;
      answer(socket, chunk.toString('latin1'));
    });
  });
  const root = await listen(server);
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return { transport: connect(root), connections, root };
}

async function httpServer(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handle);
  const root = await listen(server);
  open.push(server);
  return { transport: connect(root), root, server };
}

/** undici lets a connection rest for a turn of the event loop before it is used again. */
async function connectionFree(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

const failureOf = async (sending: Promise<unknown>) => {
  const error: unknown = await sending.then(
    () => 'answered',
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(TransportFailure);
  return error as TransportFailure;
};

describe('AxiosTransport', () => {
  it('writes a pause as a POST without body, with our headers and no other', async () => {
    const { transport, connections } = await rawServer((socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    await transport.send(post('/v1.0/x/pause'), endless());
    const [requestLine, ...headers] = connections[0]!.trimEnd().split('\r\n');
    expect(requestLine).toBe('POST /v1.0/x/pause HTTP/1.1');
    expect(headers.toSorted()).toEqual([
      'accept: application/json',
      `authorization: Bearer ${canary}`,
      'client-request-id: id-1',
      'connection: keep-alive',
      'content-length: 0',
      `host: ${transport.host}`,
      'user-agent: interlock/1.2.3',
    ]);
  });

  it('writes a read without content-length', async () => {
    const { transport, connections } = await rawServer((socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    await transport.send(get('/v1.0/x?$skiptoken=a%2Fb'), endless());
    expect(connections[0]).toMatch(/^GET \/v1\.0\/x\?\$skiptoken=a%2Fb HTTP\/1\.1\r\n/);
    expect(connections[0]).not.toMatch(/content-/i);
  });

  it.each([200, 204, 302, 400, 401, 429, 500, 503])('hands on status %d with headers and body', async (status) => {
    const { transport } = await httpServer((_request, response) => {
      response.writeHead(status, { 'request-id': 'r', location: 'http://127.0.0.1:1/elsewhere' });
      response.end(status === 204 ? undefined : '{"a":1}');
    });
    const reply = await transport.send(get('/'), endless());
    expect(reply).toMatchObject({ status, headers: { 'request-id': 'r' } });
    expect(String(reply.body)).toBe(status === 204 ? '' : '{"a":1}');
  });

  it('joins a body of many chunks and accepts exactly the largest size', async () => {
    const chunk = Buffer.alloc(maxBodyBytes / 64, 'x');
    const { transport } = await httpServer((request, response) => {
      for (let index = 0; index < 64; index += 1) response.write(chunk);
      response.end(request.url === '/more' ? 'y' : undefined);
    });
    expect((await transport.send(get('/all'), endless())).body).toHaveLength(maxBodyBytes);
    expect(await transport.send(get('/more'), endless())).toMatchObject({ status: 200, body: 'too_large' });
  });

  it('reuses a connection, unless a fresh one is asked for', async () => {
    const { transport, connections } = await rawServer((socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    await transport.send(get('/1'), endless());
    await connectionFree();
    await transport.send(get('/2'), endless());
    expect(connections).toHaveLength(1);
    await transport.send({ ...get('/3'), freshConnection: true }, endless());
    await connectionFree();
    await transport.send({ ...get('/4'), freshConnection: true }, endless());
    expect(connections).toHaveLength(3);
  });

  describe('tells whether the request was written', () => {
    it('no: nobody listens', async () => {
      const { root, server } = await httpServer(() => undefined);
      server.close();
      expect(await failureOf(connect(root).send(post('/'), endless()))).toMatchObject({ code: 'connect_failed' });
    });

    it('no: the name does not resolve', async () => {
      const sending = connect('http://nowhere.invalid').send(post('/'), endless());
      expect(await failureOf(sending)).toMatchObject({ code: 'connect_failed' });
    });

    it('no: time was up before', async () => {
      const { transport, connections } = await rawServer(() => undefined);
      const deadline = endless();
      deadline.pass();
      expect(await failureOf(transport.send(post('/'), deadline))).toMatchObject({ code: 'never_sent' });
      expect(connections.join('')).toBe('');
    });

    it('no: time was up while all connections were busy, and it is not sent later either', async () => {
      const { promise: busy, resolve: nowBusy } = Promise.withResolvers<Socket>();
      const noContent = 'HTTP/1.1 204 No Content\r\n\r\n';
      const { root, connections } = await rawServer((socket, heard) => {
        if (heard.includes('/first')) nowBusy(socket);
        else socket.write(noContent);
      });
      const transport = connect(root, 1);
      const deadline = endless();
      const first = transport.send(post('/first'), endless());
      const socket = await busy;
      const second = failureOf(transport.send(post('/second'), deadline));
      const third = transport.send(post('/third'), endless());
      deadline.pass();
      expect(await second).toMatchObject({ code: 'never_sent' });
      socket.write(noContent);
      expect(await first).toMatchObject({ status: 204 });
      expect(await third).toMatchObject({ status: 204 });
      expect(connections.join('')).not.toContain('/second');
      expect(connections).toHaveLength(1);
    });

    it.each([
      ['closes', (socket: Socket) => socket.end()],
      ['resets', (socket: Socket) => socket.resetAndDestroy()],
      ['answers nonsense', (socket: Socket) => socket.end('220 smtp ready\r\n')],
      ['breaks off within the headers', (socket: Socket) => socket.end('HTTP/1.1 204 No Content\r\nreq')],
    ])('yes: the server %s', async (_what, answer) => {
      const { transport, connections } = await rawServer(answer);
      expect(await failureOf(transport.send(post('/sent'), endless()))).toMatchObject({ code: 'connection_lost' });
      expect(connections.join('')).toContain('/sent');
    });

    it('yes: a kept connection is closed as the next request arrives', async () => {
      const { transport, connections } = await rawServer((socket, heard) => {
        if (heard.includes('/first')) socket.write('HTTP/1.1 204 No Content\r\n\r\n');
        else socket.resetAndDestroy();
      });
      await transport.send(post('/first'), endless());
      await connectionFree();
      expect(await failureOf(transport.send(post('/second'), endless()))).toMatchObject({ code: 'connection_lost' });
      expect(connections).toHaveLength(1);
    });

    it('yes: time was up while waiting for the reply', async () => {
      const deadline = endless();
      const { transport } = await rawServer(() => {
        deadline.pass();
      });
      expect(await failureOf(transport.send(post('/'), deadline))).toMatchObject({ code: 'no_reply' });
    });
  });

  it.each([
    ['content-length', 'HTTP/1.1 404 Not Found\r\nrequest-id: r\r\ncontent-length: 100\r\n\r\n{"err'],
    ['chunked', 'HTTP/1.1 404 Not Found\r\nrequest-id: r\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"err'],
  ])('keeps status and headers of a %s body that breaks off', async (_kind, text) => {
    const { transport } = await rawServer((socket) => socket.end(text));
    const reply = await transport.send(get('/'), endless());
    expect(reply).toMatchObject({ status: 404, headers: { 'request-id': 'r' }, body: 'broken_off' });
  });

  it('keeps the status when time is up within the body', async () => {
    const headers = Promise.withResolvers<undefined>();
    const onHeaders = () => {
      headers.resolve(undefined);
    };
    subscribe('undici:request:headers', onHeaders);
    const deadline = endless();
    const { transport } = await rawServer((socket) => {
      socket.write('HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\n{"err');
    });
    const sending = transport.send(get('/'), deadline);
    await headers.promise;
    unsubscribe('undici:request:headers', onHeaders);
    deadline.pass();
    expect(await sending).toMatchObject({ status: 403, body: 'broken_off' });
  });

  it('passes over informational replies', async () => {
    const { transport } = await rawServer((socket) =>
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 204 No Content\r\nrequest-id: r\r\n\r\n'),
    );
    const reply = await transport.send(get('/'), endless());
    expect(reply).toMatchObject({ status: 204, headers: { 'request-id': 'r' } });
    expect(reply.headers).not.toHaveProperty('link');
  });

  it('lets no token out in an error, however it is printed', async () => {
    const { transport } = await rawServer((socket) => socket.resetAndDestroy());
    const lost = await failureOf(transport.send(post('/'), endless()));
    const invalid = await failureOf(transport.send({ ...post('/'), clientRequestId: 'bad\r\nheader' }, endless()));
    for (const error of [lost, invalid]) {
      expect(inspect(error, { depth: Infinity, showHidden: true, getters: true })).not.toContain(canary);
      expect(JSON.stringify(error)).not.toContain(canary);
      expect(error.stack).not.toContain(canary);
    }
  });
});
