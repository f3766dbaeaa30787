import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorReply } from './error-reply.ts';

/** Hands every error, from whatever layer, to {@link ErrorReply}. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  readonly #reply: ErrorReply;

  constructor(reply: ErrorReply) {
    this.#reply = reply;
  }

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    await this.#reply.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
