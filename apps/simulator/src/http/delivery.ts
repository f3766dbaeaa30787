import type { ServerResponse } from 'node:http';
import type { Exchange, Reply } from './exchange.ts';
import type { FaultEffect, RetryAfter } from './fault.ts';
import type { Service } from './route.ts';

/** How an answer reaches the client. */
export type Delivery =
  | { readonly kind: 'whole'; readonly reply: Reply }
  | { readonly kind: 'partial'; readonly reply: Reply; readonly declaredLength: number }
  | { readonly kind: 'cut' };

function retryAfterHeader(retryAfter: RetryAfter | undefined, now: number): Record<string, string> {
  if (retryAfter === undefined) return {};
  if ('raw' in retryAfter) return { 'retry-after': retryAfter.raw };
  if ('seconds' in retryAfter) return { 'retry-after': String(retryAfter.seconds) };
  return { 'retry-after': new Date(now + retryAfter.dateInSeconds * 1000).toUTCString() };
}

const gatewayPage = '<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body></body></html>';

function errorReply(
  effect: Extract<FaultEffect, { kind: 'error' }>,
  exchange: Exchange,
  service: Service,
  now: number,
): Reply {
  const headers = retryAfterHeader(effect.retryAfter, now);
  switch (effect.body) {
    case 'empty':
      return { status: effect.status, headers, body: '' };
    case 'html':
      return { status: effect.status, headers: { ...headers, 'content-type': 'text/html' }, body: gatewayPage };
    case 'service': {
      const { code, message } = effect;
      const detail = { ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) };
      const reply = service.failure(exchange, effect.status, detail);
      return { ...reply, headers: { ...reply.headers, ...headers } };
    }
  }
}

/** A reply that has no body of its own cannot be cut short, so it becomes the beginning of one. */
function withBody(reply: Reply): Reply {
  if (reply.body !== '') return reply;
  return { status: 200, headers: { ...reply.headers, 'content-type': 'application/json' }, body: '{"value":[]}' };
}

/** What becomes of the answer under a fault; `reply` is the real answer when the request was carried out. */
export function deliveryUnder(
  effect: FaultEffect,
  reply: Reply | undefined,
  exchange: Exchange,
  service: Service,
  now: number,
): Delivery {
  const real = reply ?? { status: 200, headers: { 'content-type': 'application/json' }, body: '{"value":[]}' };
  switch (effect.kind) {
    case 'throttle': {
      const { retryAfter } = effect;
      const error = { kind: 'error', status: 429, body: 'service', retryAfter } as const;
      return { kind: 'whole', reply: errorReply(error, exchange, service, now) };
    }
    case 'error':
      return { kind: 'whole', reply: errorReply(effect, exchange, service, now) };
    case 'raw':
      return { kind: 'whole', reply: { status: effect.status, headers: effect.headers, body: effect.body } };
    case 'reset':
      return { kind: 'cut' };
    case 'truncate': {
      const whole = withBody(real);
      const half = whole.body.slice(0, Math.ceil(whole.body.length / 2));
      return { kind: 'partial', reply: { ...whole, body: half }, declaredLength: Buffer.byteLength(whole.body) };
    }
    case 'content-length': {
      const whole = withBody(real);
      const declaredLength = Math.max(0, Buffer.byteLength(whole.body) + effect.delta);
      return { kind: 'partial', reply: whole, declaredLength };
    }
  }
}

/** Writes the answer, or breaks the connection as told. */
export function deliver(delivery: Delivery, response: ServerResponse): void {
  switch (delivery.kind) {
    case 'cut':
      response.socket?.destroy();
      return;
    case 'partial': {
      const { status, headers, body } = delivery.reply;
      response.writeHead(status, { ...headers, 'content-length': delivery.declaredLength });
      response.write(body, () => response.socket?.destroy());
      return;
    }
    case 'whole': {
      const { status, headers, body } = delivery.reply;
      response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': Buffer.byteLength(body) });
      response.end(body);
    }
  }
}
