import { Requires } from '#auth';
import type { SynchronizationJob } from '#graph';
import { JobOperations } from '#operations';
import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OncePerKey } from '../idempotency/idempotency.guard.ts';
import { AskedReader } from './asked.ts';
import { JobChanger } from './job-changer.ts';

/**
 * The Graph-shaped routes: same paths, bodies and errors as Microsoft Graph, so that an unmodified client works.
 * @see https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob
 */
@Controller('v1.0/servicePrincipals/:servicePrincipalId/synchronization/jobs')
export class JobsController {
  constructor(
    private readonly operations: JobOperations,
    private readonly asked: AskedReader,
    private readonly changer: JobChanger,
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
    return this.changer.make('pause', request, reply);
  }

  @Post(':jobId/start')
  @HttpCode(204)
  @Requires('Jobs.Start')
  @OncePerKey()
  start(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.changer.make('start', request, reply);
  }
}
