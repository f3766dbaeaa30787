import { Requires } from '#auth';
import { Controller, Get } from '@nestjs/common';
import { type OpenUnknown, OpenUnknowns } from './open-unknowns.ts';

/** For reviewers and those on call: what nobody knows the end of yet. */
@Controller('api/audit/open')
export class OpenUnknownsController {
  constructor(private readonly unknowns: OpenUnknowns) {}

  @Get()
  @Requires('Audit.Read')
  async open(): Promise<{ readonly items: readonly OpenUnknown[] }> {
    return { items: await this.unknowns.now() };
  }
}
