import type { IncomingHttpHeaders } from 'node:http';
import type { Site } from '../clouds.ts';

/** One request as it arrived. The path is raw: neither decoded nor normalised, so that nothing hides in it. */
export interface Exchange {
  readonly method: string;
  readonly host: string;
  /** Scheme, host and port that the client used. */
  readonly origin: string;
  readonly site: Site;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly requestId: string;
  readonly clientRequestId: string;
  /** Who the request turned out to come from, once its token or credential was verified. */
  caller?: { readonly tenantId: string; readonly appId: string; readonly objectId?: string };
}

/** An answer as data, so that a fault can damage it before it is written. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function jsonReply(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}
