import { Readable } from 'node:stream';
import { AuditReview, exportFormats } from '#audit';
import { Requires } from '#auth';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { exportParameters, type ExportParameters, queryOf } from './review-parameters.ts';
import { purposefulReviewer } from './reviewer-of.ts';

/** Takes a part of the log out of the service, as a file that shows when something is missing. */
@Controller('api/audit/export')
export class ExportController {
  constructor(private readonly review: AuditReview) {}

  @Get()
  @Requires('Audit.Read')
  async export(
    @Query({ schema: exportParameters }) parameters: ExportParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { format } = parameters;
    const chunks = await this.review.export(queryOf(parameters), format, purposefulReviewer(request, parameters));
    // In byte mode the stream holds back the log's reader as soon as the receiver is a chunk behind.
    const stream = Readable.from(chunks, { objectMode: false });
    await reply
      .type(exportFormats[format].mediaType)
      .header('content-disposition', `attachment; filename="audit-export.${format}"`)
      .header('cache-control', 'no-store')
      .send(stream);
  }
}
