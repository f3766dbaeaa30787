import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import type { Identity } from '../keys/identity.ts';
import type { FrontDoor } from './front-door.ts';

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** Breaks open connections and stops. */
  close(): Promise<void>;
}

/** Listens on `port` (0 for any free one); rejects when the address cannot be had. */
async function listening(server: NetServer, port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen(port, host, () => {
    resolve(undefined);
  });
  await promise;
  server.off('error', reject);
  return (server.address() as AddressInfo).port;
}

async function handled(door: FrontDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await door.handle(request, response);
  } catch (error) {
    // A client that went away is its own affair; anything else is a mistake of the simulator and must be seen.
    if (request.socket.destroyed || response.headersSent) return;
    response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(`simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

/** The HTTPS listener that stands for every host of Entra and Graph. */
export function listenHttps(door: FrontDoor, identity: Identity, host: string, port: number): Promise<Listener> {
  const tls = { cert: identity.certificate, key: identity.privateKey, minVersion: 'TLSv1.2' as const };
  return begin(createHttpsServer({ ...tls, keepAliveTimeout: 60_000 }, servedBy(door)), host, port);
}

/** The listener of the Azure host, which speaks plain HTTP to the workload beside it. */
export function listenHttp(door: FrontDoor, host: string, port: number): Promise<Listener> {
  return begin(createHttpServer(servedBy(door)), host, port);
}

function servedBy(door: FrontDoor) {
  return (request: IncomingMessage, response: ServerResponse) => {
    void handled(door, request, response);
  };
}

async function begin(server: Server, host: string, port: number): Promise<Listener> {
  const bound = await listening(server, port, host);
  return {
    port: bound,
    close: async () => {
      const closed = Promise.withResolvers<undefined>();
      server.close(() => {
        closed.resolve(undefined);
      });
      server.closeAllConnections();
      await closed.promise;
    },
  };
}
