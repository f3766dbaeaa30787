import { AuditLog } from '#audit';
import { callerOf, Requires } from '#auth';
import { Clock, parseTimestamp } from '#kernel';
import { Body, Controller, Get, Header, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { contextOf } from '../edge/request-context.ts';
import { yamlType } from '../edge/yaml-body.ts';
import { justificationFrom } from '../jobs/justification.ts';
import { type Inquirer, PolicyInquiry } from './policy-inquiry.ts';
import { PolicyKeeper } from './policy-keeper.ts';
import {
  candidateBody,
  type ExplainBody,
  explainBody,
  type WhoCanParameters,
  whoCanParameters,
} from './policy-parameters.ts';
import {
  type diffSchema,
  type Explanation,
  explanationOf,
  policyView,
  type PolicyView,
  type whoCanSchema,
} from './policy-view.ts';

/** The policy in force, and what it would decide, for those who look after it. Each answer is recorded first. */
@Controller('api/policy')
export class PolicyController {
  readonly #policies: PolicyKeeper;
  readonly #inquiry: PolicyInquiry;
  readonly #clock: Clock;

  constructor(policies: PolicyKeeper, audit: AuditLog, clock: Clock) {
    this.#policies = policies;
    this.#inquiry = new PolicyInquiry(policies.live, audit);
    this.#clock = clock;
  }

  @Get()
  @Requires('Policy.Read')
  @Header('cache-control', 'no-store')
  @Header('vary', 'accept')
  async read(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyView | string> {
    const wantsText = request.headers.accept?.startsWith(yamlType) === true;
    const loaded = await this.#inquiry.read(wantsText ? 'text' : 'rules', inquirerOf(request));
    if (!wantsText) return policyView(loaded, this.#policies);
    reply.type(yamlType);
    return loaded.text;
  }

  @Post('explain')
  @HttpCode(200)
  @Requires('Policy.Read')
  @Header('cache-control', 'no-store')
  async explain(
    @Body({ schema: explainBody }) body: ExplainBody,
    @Req() request: FastifyRequest,
  ): Promise<Explanation> {
    const { caller, action, job } = body;
    const at = (body.at === undefined ? undefined : parseTimestamp(body.at)) ?? this.#clock.now();
    const callers = typeof caller === 'string' ? [caller] : caller;
    const justification = justificationFrom(body.justification, at);
    return explanationOf(await this.#inquiry.explain({ callers, action, job, justification, at }, inquirerOf(request)));
  }

  @Get('who-can')
  @Requires('Policy.Read')
  @Header('cache-control', 'no-store')
  async whoCan(
    @Query({ schema: whoCanParameters }) { action, job }: WhoCanParameters,
    @Req() request: FastifyRequest,
  ): Promise<Readonly<Record<keyof z.infer<typeof whoCanSchema>, unknown>>> {
    return this.#inquiry.whoCan(action, job, inquirerOf(request));
  }

  @Post('diff')
  @HttpCode(200)
  @Requires('Policy.Read')
  @Header('cache-control', 'no-store')
  async diff(
    @Body({ schema: candidateBody }) candidate: Uint8Array,
    @Req() request: FastifyRequest,
  ): Promise<Readonly<Record<keyof z.infer<typeof diffSchema>, unknown>>> {
    return this.#inquiry.diff(candidate, inquirerOf(request));
  }
}

function inquirerOf(request: FastifyRequest): Inquirer {
  return { request: contextOf(request).facts, caller: callerOf(request) };
}
