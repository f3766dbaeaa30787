import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReplayedReply } from '../idempotency/replayed-reply.ts';
import { ErrorReply } from './error-reply.ts';

/** Hands every error, from whatever layer, to {@link ErrorReply}, and sends the replies that are given again. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  readonly #reply: ErrorReply;

  constructor(reply: ErrorReply) {
    this.#reply = reply;
  }

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (error instanceof ReplayedReply) await error.send(reply);
    else await this.#reply.send(error, http.getRequest<FastifyRequest>(), reply);
  }
}
