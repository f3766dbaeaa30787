import { type DynamicModule, Module } from '@nestjs/common';
import { ConsoleSessions } from './console-sessions.ts';
import { SessionController } from './session.controller.ts';

@Module({})
export class SessionModule {
  /** Imported only where the console is configured: elsewhere these addresses are unknown like any other. */
  static forRoot(console: ConsoleSessions): DynamicModule {
    return {
      module: SessionModule,
      controllers: [SessionController],
      providers: [{ provide: ConsoleSessions, useValue: console }],
    };
  }
}
