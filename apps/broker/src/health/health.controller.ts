import { Public } from '#auth';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness } from './readiness.ts';
import { ShownHealth } from './shown-health.ts';

/** For orchestrators and load balancers. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly shown: ShownHealth,
  ) {}

  /** Whether this process answers; never depends on anything else. */
  @Get('live')
  @Public()
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Whether a request would be served now: 200 or 503, each check with its reason where everybody may see it. */
  @Get('ready')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReturnType<ShownHealth['of']>> {
    const report = await this.readiness.report();
    reply.status(report.status === 'ready' ? 200 : 503);
    return this.shown.of(report);
  }
}
