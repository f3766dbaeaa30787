import { CodedError } from '#kernel';
import type { AccessToken } from './access-token.ts';
import type { Deadline } from './deadline.ts';

/** One request to Graph. The path is built by us; there is never a body. */
export interface GraphRequest {
  readonly method: 'GET' | 'POST';
  /** Path with query, encoded. */
  readonly path: string;
  readonly token: AccessToken;
  readonly clientRequestId: string;
  /** Use a new connection: after a 503 another front end should answer, after a loss the pool is suspect. */
  readonly freshConnection: boolean;
}

/** What Graph answered. The status stands even when the body did not arrive whole. */
export interface GraphReply {
  readonly status: number;
  /** By name in lower case; a list where a header came more than once. */
  readonly headers: Readonly<Partial<Record<string, string | readonly string[]>>>;
  /** The bytes, or why there are none to rely on. */
  readonly body: Buffer | 'broken_off' | 'too_large';
}

/** A header of a reply, the first of its name. */
export function headerOf({ headers }: GraphReply, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'object' ? value[0] : value;
}

/** No reply. The code tells whether the request line had been written, which decides what may be claimed and retried. */
export class TransportFailure extends CodedError {
  constructor(
    readonly code:
      /** Name lookup, connection or TLS handshake failed; nothing was written. */
      | 'connect_failed'
      /** Time was up before anything was written. */
      | 'never_sent'
      /** The connection broke after something was written. */
      | 'connection_lost'
      /** Time was up after something was written. */
      | 'no_reply'
      /** Nothing is sent for a while, because Graph failed again and again. */
      | 'circuit_open'
      /** So many requests are under way or waiting that this one was not even queued. */
      | 'too_busy',
    options: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
  ) {
    super(`Graph could not be reached: ${code}.`, options);
    this.retryAfterMs = options.retryAfterMs;
  }

  /** With `circuit_open`: when it is worth trying again. */
  readonly retryAfterMs: number | undefined;
}

/** Carries single requests to one Graph root. No retries, no redirects. */
export abstract class GraphTransport {
  /** Host and port of the Graph root. */
  abstract readonly host: string;

  /** Rejects with {@link TransportFailure} only. It ends at the deadline at the latest. */
  abstract send(request: GraphRequest, deadline: Deadline): Promise<GraphReply>;

  /** Lets requests under way finish, then closes the connections. */
  abstract close(): Promise<void>;
}
