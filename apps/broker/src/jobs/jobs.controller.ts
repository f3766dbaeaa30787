import { Requires } from '#auth';
import type { SynchronizationJob } from '#graph';
import { JobOperations } from '#operations';
import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OncePerKey } from '../idempotency/idempotency.guard.ts';
import { AskedReader } from './asked.ts';
import { judgementOf } from './judgement.ts';

/**
 * The Graph-shaped routes: same paths, bodies and errors as Microsoft Graph, so that an unmodified client works.
 * @see https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob
 */
@Controller('v1.0/servicePrincipals/:servicePrincipalId/synchronization/jobs')
export class JobsController {
  constructor(
    private readonly operations: JobOperations,
    private readonly asked: AskedReader,
  ) {}

  @Get()
  @Requires('Jobs.Read')
  async list(
    @Req() request: FastifyRequest,
  ): Promise<{ '@odata.context'?: string; value: readonly SynchronizationJob[] }> {
    const { context, jobs } = await this.operations.list(this.asked.list(request));
    return { ...(context !== undefined && { '@odata.context': context }), value: jobs };
  }

  @Get(':jobId')
  @Requires('Jobs.Read')
  async read(@Req() request: FastifyRequest): Promise<SynchronizationJob> {
    return this.operations.read(this.asked.read(request));
  }

  @Post(':jobId/pause')
  @HttpCode(204)
  @Requires('Jobs.Pause')
  @OncePerKey()
  pause(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.#change('pause', request, reply);
  }

  @Post(':jobId/start')
  @HttpCode(204)
  @Requires('Jobs.Start')
  @OncePerKey()
  start(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.#change('start', request, reply);
  }

  async #change(action: 'pause' | 'start', request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { asked, dryRun } = this.asked.change(request);
    if (dryRun) {
      reply.status(200);
      return judgementOf(this.operations.judge(action, asked.job, asked));
    }
    await this.operations[action](asked);
    return undefined;
  }
}
