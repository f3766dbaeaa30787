import { Readable } from 'node:stream';
import { EvidenceBundles, parseQuery } from '#audit';
import { AuthorizationError, callerOf, Requires } from '#auth';
import { holdsRight } from '#kernel';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { evidenceBody, type EvidenceBody } from './evidence-parameters.ts';
import { purposefulReviewer } from './reviewer-of.ts';

/** Hands out a part of the log with everything that an outsider needs to check it. */
@Controller('api/audit/evidence')
export class EvidenceController {
  constructor(private readonly evidence: EvidenceBundles) {}

  @Post()
  @HttpCode(200)
  @Requires('Audit.Read')
  async bundle(
    @Body({ schema: evidenceBody }) { query, purpose, disclose }: EvidenceBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (disclose.length > 0 && !holdsRight(callerOf(request), 'Audit.Disclose')) {
      throw AuthorizationError.insufficientScope('Audit.Disclose');
    }
    const asked = { query: parseQuery(query), disclose };
    const chunks = await this.evidence.bundle(asked, purposefulReviewer(request, { purpose }));
    await reply
      .type('application/zip')
      .header('content-disposition', 'attachment; filename="audit-evidence.zip"')
      .header('cache-control', 'no-store')
      .send(Readable.from(chunks, { objectMode: false }));
  }
}
