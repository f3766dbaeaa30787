import type { FastifyReply } from 'fastify';

/** A reply as it was given. */
export interface KeptReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Says that the reply is not the first one to this request. */
export const replayedHeader = 'idempotency-replayed';

/** Ends a request with an earlier reply. Thrown, because a guard can but let a request pass or throw. */
export class ReplayedReply extends Error {
  override readonly name = 'ReplayedReply';
  readonly #kept: KeptReply;

  constructor(kept: KeptReply) {
    super('The request was answered before');
    this.#kept = kept;
  }

  async send(reply: FastifyReply): Promise<void> {
    const { status, headers, body } = this.#kept;
    reply.status(status).headers(headers).header(replayedHeader, 'true');
    await (body === '' ? reply.send() : reply.send(body));
  }
}
