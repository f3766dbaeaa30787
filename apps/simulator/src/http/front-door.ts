import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Cloud, siteOf } from '../clouds.ts';
import { type Clock, timestampOf } from '../clock.ts';
import { type Delivery, deliver, deliveryUnder } from './delivery.ts';
import type { Exchange, Reply } from './exchange.ts';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import { matchRoute, type Route, type Service } from './route.ts';

const maximumBody = 1_048_576;

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function exchangeOf(request: IncomingMessage, body: Buffer, defaultCloud: Cloud): Exchange {
  const { host = 'localhost' } = request.headers;
  const [path = '/', ...search] = (request.url ?? '/').split('?');
  const requestId = randomUUID();
  const clientRequestId = request.headers['client-request-id'];
  return {
    method: request.method ?? 'GET',
    host,
    origin: `https://${host}`,
    site: siteOf(host, defaultCloud),
    path,
    query: new URLSearchParams(search.join('?')),
    headers: request.headers,
    body,
    requestId,
    clientRequestId: typeof clientRequestId === 'string' ? clientRequestId : requestId,
  };
}

type Resolved = Pick<Route, 'service' | 'operation' | 'dangerous' | 'writes'> & {
  readonly owner: Service;
  serve(): Promise<Reply> | Reply;
};

/** Takes every request of a listener: finds its service and route, lets faults happen, writes the journal. */
export class FrontDoor {
  readonly #serviceOf: (exchange: Exchange) => Service;
  readonly #faults: Faults;
  readonly #journal: Journal;
  readonly #defaultCloud: Cloud;
  readonly #clock: Clock;

  constructor(parts: {
    readonly serviceOf: (exchange: Exchange) => Service;
    readonly faults: Faults;
    readonly journal: Journal;
    readonly defaultCloud: Cloud;
    readonly clock: Clock;
  }) {
    this.#serviceOf = parts.serviceOf;
    this.#faults = parts.faults;
    this.#journal = parts.journal;
    this.#defaultCloud = parts.defaultCloud;
    this.#clock = parts.clock;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const exchange = exchangeOf(request, body, this.#defaultCloud);
    deliver(await this.#answer(exchange), response);
  }

  async #answer(exchange: Exchange): Promise<Delivery> {
    const route = this.#resolve(exchange);
    const { service, operation, dangerous } = route;
    const entry = this.#journal.arrived(exchange, timestampOf(this.#clock()), { service, operation, dangerous });
    const fault = this.#faults.take(exchange, route);
    if (fault !== undefined) entry.fault = fault.id;
    if (fault?.plan.when === 'before') await fault.delay();

    let reply: Reply | undefined;
    if (fault?.plan.when !== 'before' || fault.plan.effect === undefined) {
      reply = await route.serve();
      entry.applied = route.writes && reply.status < 300;
      if (exchange.caller !== undefined) entry.caller = exchange.caller;
    }
    if (fault?.plan.when === 'after') await fault.delay();

    const delivery = this.#deliveryOf(fault?.plan.effect, reply, exchange, route.owner);
    entry.status = delivery.kind === 'cut' ? 'cut' : delivery.reply.status;
    return delivery;
  }

  #deliveryOf(
    effect: Parameters<typeof deliveryUnder>[0] | undefined,
    reply: Reply | undefined,
    exchange: Exchange,
    service: Service,
  ): Delivery {
    if (effect !== undefined) return deliveryUnder(effect, reply, exchange, service, this.#clock());
    return reply === undefined ? { kind: 'cut' } : { kind: 'whole', reply };
  }

  #resolve(exchange: Exchange): Resolved {
    const owner = this.#serviceOf(exchange);
    const match = matchRoute(owner, exchange);
    if ('route' in match) {
      const { service, operation, dangerous, writes } = match.route;
      const serve = () => match.route.serve(exchange, match.parameters);
      return { owner, service, operation, dangerous, writes, serve };
    }
    const serve = () => owner.unmatched(exchange, match.allowed);
    // A request that no one foresaw is dangerous by default.
    return { owner, service: owner.name, operation: 'unknown', dangerous: true, writes: false, serve };
  }
}
