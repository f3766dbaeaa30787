import { AuditReview } from '#audit';
import { Requires } from '#auth';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { OncePerKey } from '../idempotency/idempotency.guard.ts';
import { type ReviewBody, reviewBody, type ReviewView } from './review-body.ts';
import { reviewerOf } from './reviewer-of.ts';

/** Lets reviewers say that they looked at something. Nothing else of theirs changes the log. */
@Controller('api/audit/reviews')
export class ReviewsController {
  constructor(private readonly review: AuditReview) {}

  @Post()
  @HttpCode(201)
  @OncePerKey()
  @Requires('Audit.Read')
  async mark(
    @Body({ schema: reviewBody }) { index, note }: ReviewBody,
    @Req() request: FastifyRequest,
  ): Promise<ReviewView> {
    return { eventId: await this.review.reviewed(index, note, reviewerOf(request, {})) };
  }
}
