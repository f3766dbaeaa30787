import type { BulkAction } from '#audit';
import { callerOf, Requires } from '#auth';
import { Clock, type EventId } from '#kernel';
import { BulkOperations } from '#operations';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OncePerKey } from '../idempotency/idempotency.guard.ts';
import { contextOf } from '../edge/request-context.ts';
import { askedOf, refuseUnknownQuery } from '../jobs/asked.ts';
import { justificationFrom } from '../jobs/justification.ts';
import {
  type BulkBody,
  bulkBody,
  type BulkParameters,
  bulkParameters,
  isDryRun,
  operationId,
  selectorOf,
} from './bulk-body.ts';
import { operationViewOf, rehearsalOf } from './bulk-view.ts';
import { waitPreferenceOf } from './wait-preference.ts';

/** One request about many jobs. Each job goes the way of a single request, with its own decision and outcome. */
@Controller('api')
export class BulkController {
  constructor(
    private readonly bulk: BulkOperations,
    private readonly clock: Clock,
  ) {}

  @Post('bulk/pause')
  @HttpCode(202)
  @Requires('Jobs.Pause')
  @OncePerKey()
  pause(
    @Body({ schema: bulkBody }) body: BulkBody,
    @Query({ schema: bulkParameters }) parameters: BulkParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.#begin('pause', body, parameters, request, reply);
  }

  @Post('bulk/start')
  @HttpCode(202)
  @Requires('Jobs.Start')
  @OncePerKey()
  start(
    @Body({ schema: bulkBody }) body: BulkBody,
    @Query({ schema: bulkParameters }) parameters: BulkParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.#begin('start', body, parameters, request, reply);
  }

  @Get('operations/:operationId')
  @Requires('authenticated')
  async read(
    @Param('operationId', { schema: operationId }) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    refuseUnknownQuery(request, []);
    reply.header('cache-control', 'no-store');
    const view = operationViewOf(await this.bulk.read(id as EventId, askedOf(request, this.clock.now())));
    if (view.state === 'running') reply.header('retry-after', '1');
    return view;
  }

  async #begin(
    action: BulkAction,
    body: BulkBody,
    parameters: BulkParameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    const justification = justificationFrom(body, this.clock.now());
    const asked = { request: contextOf(request).facts, caller: callerOf(request), justification };
    const wanted = { action, selector: selectorOf(body), asked };
    if (isDryRun(body, parameters)) {
      reply.status(200);
      return rehearsalOf(this.bulk.judge(wanted));
    }
    const id = await this.bulk.begin(wanted);
    const { seconds, applied } = waitPreferenceOf(request);
    if (applied !== undefined) reply.header('preference-applied', applied);
    const ended = seconds > 0 && (await this.bulk.endsWithin(id, seconds * 1_000));
    reply.header('location', `/api/operations/${id}`);
    if (ended) reply.status(200);
    else reply.header('retry-after', '1');
    return operationViewOf(await this.bulk.read(id, asked));
  }
}
