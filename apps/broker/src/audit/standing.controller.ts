import { AuditLog, LogStanding } from '#audit';
import { Requires } from '#auth';
import { Controller, Get, Header } from '@nestjs/common';
import { type StandingView, standingView } from './standing-view.ts';

/** How far the log proves what it says. It tells of no event, so asking is not recorded. */
@Controller('api/audit/log')
export class StandingController {
  constructor(
    private readonly audit: AuditLog,
    private readonly standing: LogStanding,
  ) {}

  @Get()
  @Requires('Audit.Read')
  @Header('cache-control', 'no-store')
  async read(): Promise<StandingView> {
    return standingView(this.audit.origin, this.audit.vkey, await this.standing.now());
  }
}
