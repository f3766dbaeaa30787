import { type DynamicModule, Module } from '@nestjs/common';
import { securityContact, SecurityTxtController } from './security-txt.controller.ts';
import { WellKnownController } from './well-known.controller.ts';

@Module({})
export class WellKnownModule {
  /** Without a contact there is no security.txt, and its address is unknown like any other. */
  static forRoot(contact: string | undefined): DynamicModule {
    if (contact === undefined) return { module: WellKnownModule, controllers: [WellKnownController] };
    return {
      module: WellKnownModule,
      controllers: [WellKnownController, SecurityTxtController],
      providers: [{ provide: securityContact, useValue: contact }],
    };
  }
}
