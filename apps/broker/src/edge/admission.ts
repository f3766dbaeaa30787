import { CodedError } from '#kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TurnPace } from './turn-pace.ts';

/** As many as share a commit of the log. */
const perTurn = 256;

/** Too many requests are under way. Nothing was asked, recorded as an intent or sent. */
export class Overloaded extends CodedError {
  override readonly code = 'overloaded';
}

/** One for all: a flood must not cost a stack per refusal. */
const overloaded = new Overloaded('Too many requests are under way. Nothing was sent; ask again as Retry-After says.');

/** A request's share of what may be under way: until it is answered and the reply is out, or nobody waits for it any more. */
class Place {
  readonly #free: () => void;
  #answered = false;
  #closed = false;

  constructor(free: () => void) {
    this.#free = free;
  }

  /** The work is done. A client that has gone away does not end it. */
  answered(): void {
    if (this.#answered) return;
    this.#answered = true;
    if (this.#closed) this.#free();
  }

  closed(): void {
    this.#closed = true;
    if (this.#answered) this.#free();
  }
}

/**
 * Lets so many requests at a time to the handlers and refuses all others with {@link Overloaded} at once. A request counts
 * when it has wholly arrived, so slow clients take no one's place.
 */
export function installAdmission(fastify: FastifyInstance, most: number): void {
  const places = new WeakMap<FastifyRequest, Place>();
  const pace = new TurnPace(perTurn);
  let taken = 0;
  fastify.addHook('preHandler', (request, reply, done) => {
    if (isForOperators(request)) {
      done();
      return;
    }
    if (taken >= most) {
      done(overloaded);
      return;
    }
    taken += 1;
    const place = new Place(() => {
      taken -= 1;
    });
    places.set(request, place);
    reply.raw.once('close', () => {
      place.closed();
    });
    pace.begin(done);
  });
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    places.get(request)?.answered();
    done(null, payload);
  });
}

/** Whoever looks after an overloaded broker must be able to see it, and orchestrators must not take it for dead. */
function isForOperators({ routeOptions: { url = '' } }: FastifyRequest): boolean {
  return url.startsWith('/health/') || url === '/metrics';
}
