import { type AxiosAdapter, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import type { Dispatcher } from 'undici';
import { type GraphReply, TransportFailure } from './graph-transport.ts';

/** Larger replies are not read further: no list of jobs comes near. */
export const maxBodyBytes = 4 * 1024 * 1024;

/** The reply has them; axios would copy each of them twice. */
const noHeaders = new AxiosHeaders();

/**
 * An axios adapter that sends bodyless requests through an undici dispatcher bound to one origin. Costs less than half
 * of axios's own http adapter and, unlike it, knows whether the request had been written when something failed.
 * Follows no redirects, decodes nothing, takes every status, and rejects with {@link TransportFailure}. The data of its
 * response is the whole {@link GraphReply}. The headers, of which one is the token, go past axios: none of its
 * configurations, responses or errors ever holds them, and it would check and copy each of them three times.
 */
export function undiciAdapter(
  dispatcher: Dispatcher,
  headers: Readonly<Record<string, string>>,
  giveUp: AbortSignal,
): AxiosAdapter {
  return (config) =>
    new Promise((resolve, reject) => {
      const settle = (outcome: GraphReply | TransportFailure) => {
        if (outcome instanceof TransportFailure) {
          reject(outcome);
          return;
        }
        resolve({ data: outcome, status: outcome.status, statusText: '', headers: noHeaders, config });
      };
      const exchange = new Exchange(settle, giveUp);
      if (exchange.begin()) dispatcher.dispatch({ ...targetOf(config), headers }, exchange);
    });
}

function targetOf({
  method = 'get',
  url = '/',
}: InternalAxiosRequestConfig): Pick<Dispatcher.DispatchOptions, 'method' | 'path'> {
  return { method: method.toUpperCase(), path: url };
}

/** One request and its reply, as undici reports it. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #settle: (outcome: GraphReply | TransportFailure) => void;
  readonly #giveUp: AbortSignal;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  #status: number | undefined;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(settle: (outcome: GraphReply | TransportFailure) => void, giveUp: AbortSignal) {
    this.#settle = settle;
    this.#giveUp = giveUp;
  }

  /** Starts to watch the give-up signal; false when it is too late already. */
  begin(): boolean {
    if (this.#giveUp.aborted) this.#fail('never_sent');
    else this.#giveUp.addEventListener('abort', this.#onGiveUp, { once: true });
    return !this.#settled;
  }

  /** Called right before the request line is written: from here on Graph may have it. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Throwing drops the request; aborting would take the connection from those that wait for it too.
    if (this.#settled) throw new Error('given up while waiting for a connection');
    this.#controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    this.#status = status;
    for (const [name, value] of Object.entries(headers)) {
      const first = Array.isArray(value) ? value[0] : value;
      if (first !== undefined) this.#headers[name] = first;
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size <= maxBodyBytes) {
      this.#chunks.push(chunk);
      return;
    }
    this.#answer('too_large');
    controller.abort(new Error('reply too large'));
  }

  onResponseEnd(): void {
    this.#answer(this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks));
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.#status !== undefined) this.#answer('broken_off');
    else this.#fail(this.#controller === undefined ? 'connect_failed' : 'connection_lost', error);
  }

  readonly #onGiveUp = () => {
    if (this.#status !== undefined) this.#answer('broken_off');
    else this.#fail(this.#controller === undefined ? 'never_sent' : 'no_reply');
    this.#controller?.abort(new Error('time is up'));
  };

  #answer(body: GraphReply['body']): void {
    if (this.#status !== undefined) this.#end({ status: this.#status, headers: this.#headers, body });
  }

  #fail(code: TransportFailure['code'], cause?: unknown): void {
    if (!this.#settled) this.#end(new TransportFailure(code, { cause }));
  }

  #end(outcome: GraphReply | TransportFailure): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#giveUp.removeEventListener('abort', this.#onGiveUp);
    this.#settle(outcome);
  }
}
