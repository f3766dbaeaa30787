import { AuditLog } from '#audit';
import { Public } from '#auth';
import { Controller, Get, Header } from '@nestjs/common';

/**
 * The transparency log as the C2SP formats name it. A checkpoint tells size and root only, so anybody may have it.
 * @see https://c2sp.org/tlog-checkpoint
 */
@Controller('log')
export class LogController {
  constructor(private readonly audit: AuditLog) {}

  /** The last committed checkpoint, a signed note. */
  @Get('checkpoint')
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  checkpoint(): string {
    return this.audit.checkpoint();
  }
}
