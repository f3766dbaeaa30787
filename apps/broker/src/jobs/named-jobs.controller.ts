import { Requires } from '#auth';
import { type JobChange, JobOperations, type JobRequest } from '#operations';
import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenUnknowns } from '../audit/open-unknowns.ts';
import { OncePerKey } from '../idempotency/idempotency.guard.ts';
import { AskedReader } from './asked.ts';
import { JobChanger } from './job-changer.ts';
import { catalogEntryOf, jobViewOf, type NamedJob } from './job-view.ts';
import { returnPreferenceOf } from './preference.ts';

/** Interlock's own view of jobs: by their names in the policy, or by their ids. The way is that of every request. */
@Controller('api/jobs')
export class NamedJobsController {
  constructor(
    private readonly operations: JobOperations,
    private readonly asked: AskedReader,
    private readonly unknowns: OpenUnknowns,
    private readonly changer: JobChanger,
  ) {}

  @Get()
  @Requires('Jobs.Read')
  async catalog(@Req() request: FastifyRequest): Promise<unknown> {
    const entries = this.operations.catalogued(this.asked.catalog(request));
    const unknowns = await this.unknowns.now();
    return { items: entries.map((entry) => catalogEntryOf(entry, unknowns)) };
  }

  @Get([':alias', ':servicePrincipalId/:jobId'])
  @Requires('Jobs.Read')
  async read(@Req() request: FastifyRequest): Promise<unknown> {
    const asked = this.asked.read(request);
    const job = await this.operations.read(asked);
    return jobViewOf(this.#named(asked.job), job, {
      pausedBy: await this.operations.standingPause(asked.job),
      unknowns: await this.unknowns.now(),
    });
  }

  @Post([':alias/pause', ':servicePrincipalId/:jobId/pause'])
  @HttpCode(204)
  @Requires('Jobs.Pause')
  @OncePerKey()
  pause(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.#change('pause', request, reply);
  }

  @Post([':alias/start', ':servicePrincipalId/:jobId/start'])
  @HttpCode(204)
  @Requires('Jobs.Start')
  @OncePerKey()
  start(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.#change('start', request, reply);
  }

  #change(action: 'pause' | 'start', request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    return this.changer.make(action, request, reply, (asked, change) => this.#changed(request, reply, asked, change));
  }

  async #changed(request: FastifyRequest, reply: FastifyReply, asked: JobRequest, change: JobChange): Promise<unknown> {
    if (returnPreferenceOf(request) !== 'representation') return undefined;
    const job = await this.operations.stateAfter(asked, change);
    // The change is done. A preference that cannot be met is ignored, as RFC 7240 has it, and no header claims otherwise.
    if (job === undefined) return undefined;
    reply.status(200).header('preference-applied', 'return=representation');
    return jobViewOf(this.#named(asked.job), job, {
      ...change,
      pausedBy: await this.operations.standingPause(asked.job),
    });
  }

  #named(job: NamedJob): NamedJob {
    return { ...this.operations.entryOf(job), ...job };
  }
}
