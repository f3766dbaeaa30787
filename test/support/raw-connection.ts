import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { FuzzedRequest } from './request-fuzzer.ts';

/** What came back: the status line's number, or undefined when the connection ended without one. */
export interface RawReply {
  readonly status: number | undefined;
  /** Head and body, latin1. */
  readonly text: string;
}

/** A connection on which bytes go out as they are, one request after the other, for as long as the server lets it. */
export class RawConnection {
  readonly #port: number;
  readonly #host: string;
  #socket: Socket | undefined;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** Rejects only when the server cannot be reached. */
  async send(request: FuzzedRequest): Promise<RawReply> {
    const socket = this.#socket ?? (await this.#connected());
    const reply = await exchange(socket, request);
    if (request.spoils || request.isCutShort || reply.isLast) this.close();
    return reply;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #connected(): Promise<Socket> {
    const socket = connect(this.#port, this.#host);
    await once(socket, 'connect');
    socket.setEncoding('latin1').setNoDelay(true);
    // A server that cuts the connection is a reply like any other.
    socket.on('error', () => undefined);
    this.#socket = socket;
    return socket;
  }
}

function exchange(
  socket: Socket,
  { text, isHead, isCutShort }: FuzzedRequest,
): Promise<RawReply & { isLast: boolean }> {
  return new Promise((resolve) => {
    let received = '';
    const settle = (isLast: boolean): void => {
      socket.off('data', take).off('close', closed);
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(received)?.[1];
      const ends = isLast || /\r\nconnection: close\r\n/i.test(received);
      resolve({ status: status === undefined ? undefined : Number(status), text: received, isLast: ends });
    };
    const take = (chunk: string): void => {
      received = withoutInterim(received + chunk);
      if (isWhole(received, isHead)) settle(false);
    };
    const closed = (): void => {
      settle(true);
    };
    socket.on('data', take).on('close', closed);
    if (socket.destroyed) closed();
    else if (isCutShort) socket.end(text, 'latin1');
    else socket.write(text, 'latin1');
  });
}

/** `100 Continue` and the like come before the reply and are none. */
function withoutInterim(text: string): string {
  return text.replace(/^(?:HTTP\/1\.1 1\d\d [^]*?\r\n\r\n)+/, '');
}

function isWhole(text: string, isHead: boolean): boolean {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return false;
  const head = text.slice(0, headEnd);
  if (isHead || /^HTTP\/1\.1 (?:204|304) /.test(head)) return true;
  if (/\r\ntransfer-encoding: chunked/i.test(head)) return text.endsWith('\r\n0\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return length !== undefined && text.length >= headEnd + 4 + Number(length);
}
