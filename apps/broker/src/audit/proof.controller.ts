import { AuditLog } from '#audit';
import { Requires } from '#auth';
import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import {
  consistencyParameters,
  type ConsistencyParameters,
  entryIndex,
  proofParameters,
  type ProofParameters,
} from './proof-parameters.ts';

/** Proofs about the log. They hold hashes alone, and all of these are public under /log, so asking is not recorded. */
@Controller('api/audit')
export class ProofController {
  constructor(private readonly audit: AuditLog) {}

  /** @see https://c2sp.org/tlog-proof */
  @Get('events/:index/proof')
  @Requires('Audit.Read')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  async proof(
    @Param('index', { schema: entryIndex }) index: number,
    @Query({ schema: proofParameters }) { size }: ProofParameters,
  ): Promise<string> {
    return this.audit.prove(index, size);
  }

  /** @see https://c2sp.org/tlog-witness */
  @Get('consistency')
  @Requires('Audit.Read')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  async consistency(@Query({ schema: consistencyParameters }) { from, to }: ConsistencyParameters): Promise<string> {
    return this.audit.proveGrowth(from, to);
  }
}
