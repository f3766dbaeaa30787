import type { JobChange, JobOperations, JobRequest } from '#operations';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AskedReader } from './asked.ts';
import { judgementOf } from './judgement.ts';

/** What is shown of a change in its reply; undefined stands for no content, as having nothing to show does. */
export type ShownChange = (asked: JobRequest, change: JobChange) => Promise<unknown>;

/** A pause or start as all routes have it: made, or with `?dryRun=true` only judged. */
export class JobChanger {
  readonly #operations: JobOperations;
  readonly #asked: AskedReader;

  constructor(operations: JobOperations, asked: AskedReader) {
    this.#operations = operations;
    this.#asked = asked;
  }

  /** Gives the body of the reply. */
  async make(
    action: 'pause' | 'start',
    request: FastifyRequest,
    reply: FastifyReply,
    shown?: ShownChange,
  ): Promise<unknown> {
    const { asked, dryRun } = this.#asked.change(request);
    if (dryRun) {
      reply.status(200);
      return judgementOf(this.#operations.judge(action, asked.job, asked));
    }
    const change = await this.#operations[action](asked);
    return shown?.(asked, change);
  }
}
