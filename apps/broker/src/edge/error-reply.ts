import { AuthorizationError, challengeOf, insufficientScopeChallenge } from '#auth';
import type { Clock } from '#kernel';
import type { Refusals } from '#operations';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Overloaded } from './admission.ts';
import { envelopeOf } from './error-envelope.ts';
import { authenticationErrorOf, tellError, type ToldError } from './told-error.ts';

/** The one place where a failed request is recorded and answered. */
export class ErrorReply {
  readonly #refusals: Refusals;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #resourceMetadataUrl: string;

  constructor(refusals: Refusals, clock: Clock, log: Logger, resourceMetadataUrl: string) {
    this.#refusals = refusals;
    this.#clock = clock;
    this.#log = log;
    this.#resourceMetadataUrl = resourceMetadataUrl;
  }

  /** Never rejects: a refusal that cannot be recorded is still a refusal. */
  async send(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const told = tellError(error, request);
    this.#tellOperator(told, error, request);
    const recorded = told.recorded ? undefined : this.#record(told, request);
    // Nothing was judged, and the log is what a crowd waits for: whoever is one too many hears it at once.
    if (!(error instanceof Overloaded)) await recorded;
    const path = (request.raw.url ?? '').split('?', 1)[0] ?? '';
    const { mediaType, body } = envelopeOf(told, path, request.interlock?.facts, this.#clock.now());
    const challenge = this.#challengeOf(error, request);
    if (challenge !== undefined) reply.header('www-authenticate', challenge);
    if (told.retryAfter !== undefined) reply.header('retry-after', String(told.retryAfter));
    if (told.entry.status === 405) reply.header('allow', 'GET, POST');
    await reply.status(told.entry.status).type(mediaType).send(JSON.stringify(body));
  }

  /** Callers hear what to do; the cause is for the operator. */
  #tellOperator(told: ToldError, error: unknown, request: FastifyRequest): void {
    // Its own line and the metrics tell of it; a second line for each request of a flood would be part of the flood.
    if (told.entry.status < 500 || error instanceof Overloaded) return;
    const about = { err: error, code: told.code, ...idsOf(request) };
    if (told.unforeseen === undefined) this.#log.warn(about, 'a request failed');
    else this.#log.error(about, 'a request failed unforeseen');
  }

  async #record(told: ToldError, request: FastifyRequest): Promise<void> {
    const context = request.interlock;
    if (context === null) return;
    const caller =
      context.principal !== undefined && 'caller' in context.principal ? context.principal.caller : undefined;
    try {
      await this.#refusals.record({
        request: context.facts,
        ...(caller !== undefined && { caller }),
        code: told.code,
        status: told.entry.status,
      });
    } catch (failure) {
      this.#log.error({ err: failure, code: told.code, ...idsOf(request) }, 'a refusal could not be recorded');
    }
  }

  #challengeOf(error: unknown, request: FastifyRequest): string | undefined {
    const authentication = authenticationErrorOf(error, request);
    if (authentication !== undefined) {
      return authentication.code === 'keys_unavailable'
        ? undefined
        : challengeOf(authentication, this.#resourceMetadataUrl);
    }
    return error instanceof AuthorizationError && error.code === 'insufficient_scope' && error.right !== undefined
      ? insufficientScopeChallenge(error.right, this.#resourceMetadataUrl)
      : undefined;
  }
}

function idsOf(request: FastifyRequest): { readonly requestId: string | undefined } {
  return { requestId: request.interlock?.facts.requestId };
}
