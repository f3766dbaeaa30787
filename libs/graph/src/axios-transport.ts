import { Axios } from 'axios';
import { Pool } from 'undici';
import type { Deadline } from './deadline.ts';
import { type GraphReply, type GraphRequest, GraphTransport, TransportFailure } from './graph-transport.ts';
import { trustedAuthorities } from './trusted-authorities.ts';
import { undiciAdapter } from './undici-adapter.ts';

export interface TransportOptions {
  /** For `user-agent: interlock/<version>`. */
  readonly version: string;
  /** PEM certificates to trust besides the platform's. */
  readonly ca?: readonly string[];
  /** Connections kept to Graph; default 128. Further requests wait, unsent, within their deadline. */
  readonly connections?: number;
}

/** {@link GraphTransport} by axios over undici. The pools are bound to the Graph root: no request can go elsewhere. */
export class AxiosTransport extends GraphTransport {
  override readonly host: string;
  readonly #http: Axios;
  readonly #userAgent: string;
  readonly #pool: Pool;
  readonly #oneShot: Pool;
  #closed: Promise<void> | undefined;

  /** `root`: an origin, `https://host[:port]`. */
  constructor(root: string, options: TransportOptions) {
    super();
    this.host = new URL(root).host;
    const pool = {
      // HTTP/1.1 has an exact moment at which a request is written; with HTTP/2 a reset stream would be ambiguous.
      allowH2: false,
      connect: { timeout: 5000, ca: trustedAuthorities(options.ca ?? []), minVersion: 'TLSv1.2' as const },
      // The deadline of the call covers both; it is our clock that ends a call.
      headersTimeout: 0,
      bodyTimeout: 0,
      connections: options.connections ?? 128,
    };
    // Well below what front ends keep idle connections: a POST that meets a closing one has an unknown outcome.
    this.#pool = new Pool(root, { ...pool, keepAliveTimeout: 10_000 });
    this.#oneShot = new Pool(root, { ...pool, pipelining: 0 });
    // The class, because an instance of `axios.create` also merges the defaults of browsers and forms into each request.
    this.#http = new Axios();
    this.#userAgent = `interlock/${options.version}`;
  }

  override async send(request: GraphRequest, deadline: Deadline): Promise<GraphReply> {
    const { method, path } = request;
    const pool = request.freshConnection ? this.#oneShot : this.#pool;
    const adapter = undiciAdapter(pool, { method, path, headers: this.#headersOf(request) }, deadline);
    try {
      return (await this.#http.request<GraphReply>({ adapter })).data;
    } catch (error) {
      // An error of axios itself leaves open whether the request was sent.
      throw error instanceof TransportFailure ? error : new TransportFailure('connection_lost', { cause: error });
    }
  }

  /** Names and values in turn, which is what undici goes through fastest. */
  #headersOf({ token, clientRequestId }: GraphRequest): string[] {
    return [
      'accept',
      'application/json',
      'user-agent',
      this.#userAgent,
      'authorization',
      token.authorization(),
      'client-request-id',
      clientRequestId,
    ];
  }

  override close(): Promise<void> {
    this.#closed ??= Promise.all([this.#pool.close(), this.#oneShot.close()]).then(() => undefined);
    return this.#closed;
  }
}
