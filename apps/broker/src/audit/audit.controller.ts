import { AuditReview } from '#audit';
import { Requires } from '#auth';
import type { EventId } from '#kernel';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type EntryPage, entryPage, eventView, type EventView } from './entry-view.ts';
import { type OperationPage, operationPage, wholeOperation, type WholeOperation } from './operation-view.ts';
import { entryIndex, eventIdText } from './proof-parameters.ts';
import { AskedPage } from './review-page.ts';
import {
  eventParameters,
  operationParameters,
  type PageParameters,
  readParameters,
  type ReadParameters,
} from './review-parameters.ts';
import { reviewerOf } from './reviewer-of.ts';

/** What happened, for reviewers. Each answer is recorded before it is sent. */
@Controller('api/audit')
export class AuditController {
  constructor(private readonly review: AuditReview) {}

  @Get('operations')
  @Requires('Audit.Read')
  async operations(
    @Query({ schema: operationParameters }) parameters: PageParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperationPage> {
    const asked = new AskedPage('/api/audit/operations', parameters);
    const found = await this.review.operations(asked.query, asked.page, reviewerOf(request, parameters));
    reply.header('link', asked.links(found)).header('cache-control', 'no-store');
    return operationPage(found);
  }

  @Get('operations/:eventId')
  @Requires('Audit.Read')
  async operation(
    @Param('eventId', { schema: eventIdText }) eventId: string,
    @Query({ schema: readParameters }) parameters: ReadParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WholeOperation> {
    const operation = await this.review.operation(eventId as EventId, reviewerOf(request, parameters));
    reply.header('cache-control', 'no-store');
    return wholeOperation(operation);
  }

  @Get('events')
  @Requires('Audit.Read')
  async events(
    @Query({ schema: eventParameters }) parameters: PageParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EntryPage> {
    const asked = new AskedPage('/api/audit/events', parameters);
    const found = await this.review.events(asked.query, asked.page, reviewerOf(request, parameters));
    reply.header('link', asked.links(found)).header('cache-control', 'no-store');
    return entryPage(found);
  }

  @Get('events/:index')
  @Requires('Audit.Read')
  async event(
    @Param('index', { schema: entryIndex }) index: number,
    @Query({ schema: readParameters }) parameters: ReadParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventView> {
    const entry = await this.review.event(index, reviewerOf(request, parameters));
    reply.header('cache-control', 'no-store');
    return eventView(entry);
  }
}
