import type { Socket } from 'node:net';

/** What Node's HTTP parser could not read never becomes a request: it is answered with bare bytes and cut. */
export function answerBrokenConnection(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = replies[error.code ?? ''] ?? badRequest;
  const body = JSON.stringify({ error: { code, message, innerError: {} } });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  // The parser takes no offence at what comes late. Left half open, the connection would last for as long as a client
  // goes on sending a byte now and then, and a request that is whole at last would be done after it was refused.
  if (error.code === timedOut) socket.destroySoon();
}

const timedOut = 'ERR_HTTP_REQUEST_TIMEOUT';
const badRequest = ['400 Bad Request', 'BadRequest', 'The request is not valid HTTP/1.1.'] as const;
const replies: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'RequestHeaderFieldsTooLarge',
    'The headers are too large.',
  ],
  [timedOut]: ['408 Request Timeout', 'RequestTimeout', 'The request took too long to arrive.'],
};
