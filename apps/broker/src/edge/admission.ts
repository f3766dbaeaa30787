import type { RequestFacts } from '#audit';
import { CodedError } from '#kernel';
import type { FastifyInstance } from 'fastify';
import { Place } from './place.ts';
import { contextOf } from './request-context.ts';
import { TurnPace } from './turn-pace.ts';

/** As many as share a commit of the log. */
const perTurn = 256;

/** Too many requests are under way. Nothing was asked, recorded as an intent or sent. */
export class Overloaded extends CodedError {
  override readonly code = 'overloaded';
}

/** One for all: a flood must not cost a stack per refusal. */
const overloaded = new Overloaded('Too many requests are under way. Nothing was sent; ask again as Retry-After says.');

/**
 * Lets so many requests at a time to the handlers and refuses all others with {@link Overloaded} at once. A request counts
 * when it has wholly arrived, so slow clients take no one's place.
 */
export function installAdmission(fastify: FastifyInstance, most: number): void {
  const pace = new TurnPace(perTurn);
  let taken = 0;
  const free = (): void => {
    taken -= 1;
  };
  fastify.addHook('preHandler', (request, reply, done) => {
    const context = contextOf(request);
    if (isForOperators(context.facts)) {
      done();
      return;
    }
    if (taken >= most) {
      done(overloaded);
      return;
    }
    taken += 1;
    const place = new Place(free);
    context.place = place;
    reply.raw.on('close', () => {
      place.closed();
    });
    pace.begin(done);
  });
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    request.interlock?.place?.answered();
    done(null, payload);
  });
}

/** Whoever looks after an overloaded broker must be able to see it, and orchestrators must not take it for dead. */
function isForOperators({ route }: RequestFacts): boolean {
  return route.startsWith('/health/') || route === '/metrics';
}
