import { Requires } from '#auth';
import { Clock, type EventId, InvalidInput } from '#kernel';
import { HoldOperations, JobOperations, type ShownHold } from '#operations';
import { Controller, Delete, Get, Param, Patch, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cursorOf, positionOf } from '../audit/page-cursor.ts';
import { OncePerKey } from '../idempotency/idempotency.guard.ts';
import { askedOf, refuseUnknownQuery } from '../jobs/asked.ts';
import { holdFilterOf, holdId, holdListParameters, type HoldListParameters, listPathOf } from './hold-parameters.ts';
import { type HoldView, holdViewOf } from './hold-view.ts';

/** Who holds what, and until when. What a caller sees and may change is decided hold by hold. */
@Controller('api/holds')
export class HoldsController {
  constructor(
    private readonly holds: HoldOperations,
    private readonly jobs: JobOperations,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('authenticated')
  async list(
    @Query({ schema: holdListParameters }) parameters: HoldListParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly items: readonly HoldView[] }> {
    const { cursor, limit } = parameters;
    const list = listPathOf(parameters);
    const below = cursor === undefined ? undefined : positionOf(cursor, list);
    const filter = holdFilterOf(parameters);
    const { holds, next } = await this.holds.list(askedOf(request, this.clock.now()), filter, limit, below);
    const links = [`<${list}>; rel="first"`];
    if (next !== undefined) links.push(`<${list}&cursor=${cursorOf(list, next)}>; rel="next"`);
    reply.header('link', links.join(', '));
    return { items: holds.map((hold) => this.#view(hold)) };
  }

  @Get(':holdId')
  @Requires('authenticated')
  async read(@Param('holdId', { schema: holdId }) id: string, @Req() request: FastifyRequest): Promise<HoldView> {
    refuseUnknownQuery(request, []);
    return this.#view(await this.holds.read(askedOf(request, this.clock.now()), id as EventId));
  }

  @Delete(':holdId')
  @Requires('authenticated')
  @OncePerKey()
  async release(@Param('holdId', { schema: holdId }) id: string, @Req() request: FastifyRequest): Promise<HoldView> {
    refuseUnknownQuery(request, []);
    return this.#view(await this.holds.release(askedOf(request, this.clock.now()), id as EventId));
  }

  @Patch(':holdId')
  @Requires('Jobs.Pause')
  @OncePerKey()
  async extend(@Param('holdId', { schema: holdId }) id: string, @Req() request: FastifyRequest): Promise<HoldView> {
    refuseUnknownQuery(request, []);
    const asked = askedOf(request, this.clock.now());
    const { until } = asked.justification;
    if (until === undefined) throw new InvalidInput('field_invalid', 'Give the new end: duration or until.', 'until');
    return this.#view(await this.holds.extend(asked, id as EventId, until));
  }

  #view(shown: ShownHold): HoldView {
    return holdViewOf(shown, this.jobs.entryOf(shown.hold.job)?.alias);
  }
}
