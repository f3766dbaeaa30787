import { Public } from '#auth';
import { Controller, Get, NotFoundException, Redirect, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ConsoleFile, ConsoleFiles } from './console-files.ts';
import { consoleHeaders } from './console-headers.ts';

/** The web page of operators and reviewers. Its files tell nothing, so anybody may have them; the data needs a session. */
@Controller()
export class ConsoleController {
  constructor(private readonly files: ConsoleFiles) {}

  /** Where the identity provider leads people who have signed out, and what they type. */
  @Get()
  @Public()
  @Redirect('/console', 303)
  root(): void {}

  @Get('console')
  @Public()
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await send(this.files.page, request, reply);
  }

  /** A file, or the page for the addresses that it shows itself. */
  @Get('console/*')
  @Public()
  async file(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { '*': path } = request.params as { readonly '*': string };
    const file = this.files.find(path) ?? (path.includes('.') ? undefined : this.files.page);
    if (file === undefined) throw new NotFoundException();
    await send(file, request, reply);
  }
}

async function send(file: ConsoleFile, { headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const gzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(headers['accept-encoding'] ?? '');
  if (gzip) reply.header('content-encoding', 'gzip');
  await reply
    .headers(consoleHeaders)
    .header('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    .type(file.type)
    .send(gzip ? file.gzipped : file.body);
}
