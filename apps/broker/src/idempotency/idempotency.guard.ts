import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IdempotentRequests } from './idempotent-requests.ts';

const reflector = new Reflector();
const Mark = Reflector.createDecorator<boolean>();

/** For handlers that change something: requests with one Idempotency-Key are done once. */
export function OncePerKey(): MethodDecorator {
  return Mark(true);
}

/** Global guard, after the one of authorization: a repeat whose caller has lost its right gets no reply. */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  readonly #requests: IdempotentRequests;

  constructor(requests: IdempotentRequests) {
    this.#requests = requests;
  }

  /** Throws what {@link IdempotentRequests.begin} throws. */
  canActivate(context: ExecutionContext): true | Promise<true> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (request.headers['idempotency-key'] === undefined || !isOnce(context)) return true;
    // A dry run changes nothing, so it may be run again.
    if (isDry(request.query) || isDry(request.body)) return true;
    return this.#requests.begin(request, http.getResponse<FastifyReply>()).then(() => true as const);
  }
}

/** Whether the query, or the body where it has a place in that, says so. */
function isDry(part: unknown): boolean {
  if (typeof part !== 'object' || part === null || !('dryRun' in part)) return false;
  return part.dryRun === 'true' || part.dryRun === true;
}

function isOnce(context: ExecutionContext): boolean {
  return reflector.get<boolean | undefined>(Mark.KEY, context.getHandler()) === true;
}
