import { AuditLog } from '#audit';
import { Requires } from '#auth';
import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { type EntryPage, entryOf } from './entry-page.ts';
import { entryIndex, type PageQuery, pageQuery } from './page-query.ts';

/** For reviewers: what happened, and the proof that it stands in the log. */
@Controller('api/audit')
export class AuditController {
  constructor(private readonly audit: AuditLog) {}

  @Get('events')
  @Requires('Audit.Read')
  async events(@Query({ schema: pageQuery }) page: PageQuery): Promise<EntryPage> {
    const entries = await this.audit.entries(page.from, page.from + page.limit);
    return { size: this.audit.size, items: entries.map(entryOf) };
  }

  /** @see https://c2sp.org/tlog-proof */
  @Get('events/:index/proof')
  @Requires('Audit.Read')
  @Header('content-type', 'text/plain; charset=utf-8')
  async proof(@Param('index', { schema: entryIndex }) index: number): Promise<string> {
    return this.audit.prove(index);
  }
}
