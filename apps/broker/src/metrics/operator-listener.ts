import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Readiness } from '../health/readiness.ts';
import type { BrokerMetrics } from './broker-metrics.ts';

/** Where operators' tools ask, and what with. */
export interface OperatorListenerOptions {
  readonly host: string;
  readonly port: number;
  /** As callers' port has it; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  readonly metrics: BrokerMetrics;
  readonly readiness: Readiness;
}

/** A few scrapers and probes; nobody else has a reason to come. */
const maxConnections = 64;

/**
 * Metrics and health with its reasons on a port of their own, so that a network can keep them from callers. It shares no
 * limit with them and needs no token.
 */
export class OperatorListener {
  readonly #server: Server;
  readonly #scheme: string;

  private constructor(server: Server, scheme: string) {
    this.#server = server;
    this.#scheme = scheme;
  }

  /** Rejects when it cannot listen there. */
  static async start({ host, port, tls, metrics, readiness }: OperatorListenerOptions): Promise<OperatorListener> {
    const answer: RequestListener = ({ method, url = '' }, response) => {
      void answered(method, url, response, { metrics, readiness });
    };
    const patience = { headersTimeout: 10_000, requestTimeout: 10_000 };
    const server =
      tls === undefined
        ? createServer(patience, answer)
        : createTlsServer({ ...patience, ...tls, minVersion: 'TLSv1.2' }, answer);
    server.maxConnections = maxConnections;
    server.listen({ host, port });
    await once(server, 'listening');
    return new OperatorListener(server, tls === undefined ? 'http' : 'https');
  }

  /** Without trailing slash. */
  get url(): string {
    const { address, family, port } = this.#server.address() as AddressInfo;
    return `${this.#scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

async function answered(
  method: string | undefined,
  url: string,
  response: ServerResponse,
  { metrics, readiness }: Pick<OperatorListenerOptions, 'metrics' | 'readiness'>,
): Promise<void> {
  const tell = (status: number, type: string, body: string): void => {
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  };
  const tellJson = (status: number, value: unknown): void => {
    tell(status, 'application/json', JSON.stringify(value));
  };
  try {
    switch (method === 'GET' ? (url.split('?', 1)[0] ?? '') : '') {
      case '/metrics':
        tell(200, metrics.contentType, await metrics.text());
        return;
      case '/health/live':
        tellJson(200, { status: 'live' });
        return;
      case '/health/ready': {
        const report = await readiness.report();
        tellJson(report.status === 'ready' ? 200 : 503, report);
        return;
      }
      default:
        tell(404, 'text/plain', 'Only /metrics, /health/live and /health/ready are here.\n');
    }
  } catch {
    tell(500, 'text/plain', 'The figures could not be gathered.\n');
  }
}
