import { CurrentCaller, Requires } from '#auth';
import type { Caller } from '#kernel';
import { EntitlementReader } from '#operations';
import { Controller, Get, Header } from '@nestjs/common';
import { type MyStanding, myStanding } from './my-standing.ts';

/** For callers: who they are to Interlock and what they may do. */
@Controller('api/me')
export class MeController {
  constructor(private readonly entitlements: EntitlementReader) {}

  @Get()
  @Requires('authenticated')
  @Header('cache-control', 'no-store')
  me(@CurrentCaller() caller: Caller): MyStanding {
    return myStanding(caller, this.entitlements.of(caller));
  }
}
