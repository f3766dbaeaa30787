import { AuditLog, AuditLogError, AuditReview, type KeyWindow, LogStanding } from '#audit';
import { Public, Requires } from '#auth';
import { entryBundle, tileWidth } from '#tlog';
import { Controller, Get, Header, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readParameters, type ReadParameters } from '../audit/review-parameters.ts';
import { reviewerOf } from '../audit/reviewer-of.ts';
import { askedTile, cacheControlOf } from './asked-tile.ts';
import { CheckpointUnwitnessed } from './checkpoint-unwitnessed.ts';
import { TileUnknown } from './tile-unknown.ts';

/**
 * The transparency log over HTTP. Checkpoints and hashes tell nothing about what happened, so anybody may have them and
 * watch the log; entries are for reviewers.
 * @see https://c2sp.org/tlog-tiles
 */
@Controller('log')
export class LogController {
  constructor(
    private readonly audit: AuditLog,
    private readonly review: AuditReview,
    private readonly standing: LogStanding,
  ) {}

  /** The last committed checkpoint, a signed note: that of the store, because its reader may come from another replica. */
  @Get('checkpoint')
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  async checkpoint(): Promise<string> {
    const { checkpoint } = await this.audit.latest();
    return checkpoint;
  }

  /** The largest checkpoint that witnesses cosigned, with their lines. The log has grown since. */
  @Get('checkpoint/witnessed')
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  async witnessed(): Promise<string> {
    const checkpoint = await this.standing.witnessed();
    if (checkpoint === undefined) throw new CheckpointUnwitnessed();
    return checkpoint;
  }

  /** All keys that the log had, with the sizes that each signed: what a verifier takes as its trust file. */
  @Get('trust.json')
  @Public()
  @Header('cache-control', 'no-cache')
  trust(): readonly KeyWindow[] {
    return this.audit.keyHistory;
  }

  /** The log's public key. Whoever checks the log should have it from elsewhere too. */
  @Get('vkey')
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  vkey(): string {
    return `${this.audit.vkey}\n`;
  }

  /** Entries, each behind its length. Recorded like every read. */
  @Get('tile/entries/*')
  @Requires('Audit.Read')
  async entries(
    @Query({ schema: readParameters }) parameters: ReadParameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const tile = askedTile(request);
    const first = tile.index * tileWidth;
    const entries = await orUnknown(this.review.entries(first, first + tile.width, reviewerOf(request, parameters)));
    const bundle = Buffer.from(entryBundle(entries.map(({ body }) => body)));
    reply.header('vary', 'authorization').header('cache-control', cacheControlOf(tile, 'private'));
    await reply.type('application/octet-stream').send(bundle);
  }

  /** Hashes of one level of the tree. */
  @Get('tile/*')
  @Public()
  async tile(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tile = askedTile(request);
    // Only a longer spelling of the entries' path can come here with that kind.
    if (tile.kind === 'entries') throw new TileUnknown();
    const hashes = await orUnknown(this.audit.tile(tile.level, tile.index, tile.width));
    reply.header('cache-control', cacheControlOf(tile, 'public'));
    await reply.type('application/octet-stream').send(Buffer.from(hashes));
  }
}

async function orUnknown<Value>(found: Promise<Value>): Promise<Value> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof AuditLogError && error.code === 'entry_unknown') throw new TileUnknown();
    throw error;
  }
}
