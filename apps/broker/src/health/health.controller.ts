import { Public } from '#auth';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness, type ReadinessReport } from './readiness.ts';

/** For orchestrators and load balancers. */
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Whether this process answers; never depends on anything else. */
  @Get('live')
  @Public()
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Whether a request would be served now: 200 or 503, each check with its reason. */
  @Get('ready')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    reply.status(report.status === 'ready' ? 200 : 503);
    return report;
  }
}
